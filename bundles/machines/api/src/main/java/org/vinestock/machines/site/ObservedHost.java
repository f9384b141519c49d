package org.vinestock.machines.site;

import org.vinestock.inventory.HostRow;
import org.vinestock.machines.HostFacts;
import org.vinestock.machines.HostState;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;

/**
 * A host as it reports; a host that does not answer keeps what it last said.
 *
 * @param millicores CPU that VMs may use, in thousandths of a core
 * @param size memory that VMs may use
 * @param simulated whether this host is only played
 * @param facts what it is made of
 */
public record ObservedHost(
        HostId id, HostState state, long millicores, ByteCount size, boolean simulated, HostFacts facts)
        implements HostRow {
    /** Most say the same: they share it. */
    public ObservedHost {
        facts = facts.isNone() ? HostFacts.NONE : facts;
    }

    /** One that says no more. */
    public ObservedHost(HostId id, HostState state, long millicores, ByteCount size, boolean simulated) {
        this(id, state, millicores, size, simulated, HostFacts.NONE);
    }

    /** The same, answering or not. */
    public ObservedHost with(HostState other) {
        return new ObservedHost(id, other, millicores, size, simulated, facts);
    }

    @Override
    public boolean accepts() {
        return state == HostState.UP;
    }

    @Override
    public long memory() {
        return size.bytes();
    }
}
