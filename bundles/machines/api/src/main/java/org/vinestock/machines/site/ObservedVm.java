package org.vinestock.machines.site;

import org.vinestock.inventory.OccupantRow;
import org.vinestock.machines.PowerState;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.VmId;

/** A VM as its host reports it. */
public record ObservedVm(VmId id, long millicores, ByteCount size, PowerState power, HostId host)
        implements OccupantRow {
    @Override
    public long memory() {
        return size.bytes();
    }
}
