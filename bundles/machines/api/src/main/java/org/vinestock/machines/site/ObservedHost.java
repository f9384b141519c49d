package org.vinestock.machines.site;

import org.vinestock.inventory.HostRow;
import org.vinestock.machines.HostState;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;

/**
 * A host as it reports; a host that does not answer keeps what it last said.
 *
 * @param millicores CPU that VMs may use, in thousandths of a core
 * @param size memory that VMs may use
 * @param simulated whether this host is only played
 */
public record ObservedHost(HostId id, HostState state, long millicores, ByteCount size, boolean simulated)
        implements HostRow {
    @Override
    public boolean accepts() {
        return state == HostState.UP;
    }

    @Override
    public long memory() {
        return size.bytes();
    }
}
