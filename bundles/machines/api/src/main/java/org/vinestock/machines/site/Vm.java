package org.vinestock.machines.site;

import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.OccupantRow;
import org.vinestock.machines.PowerState;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;

/**
 * A VM as people want it.
 *
 * @param millicores CPU in thousandths of a core
 * @param size memory
 * @param power whether it should run; a stopped VM keeps its place
 * @param host where it should be; null if it has no place
 */
public record Vm(
        VmId id,
        long millicores,
        ByteCount size,
        Labels labels,
        PowerState power,
        @Nullable HostId host) implements OccupantRow {
    @Override
    public long memory() {
        return size.bytes();
    }
}
