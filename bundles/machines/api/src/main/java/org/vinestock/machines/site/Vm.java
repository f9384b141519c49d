package org.vinestock.machines.site;

import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.OccupantRow;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.VmSpec;
import org.vinestock.machines.hardware.Hardware;
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
 * @param hardware its disks and network devices, and what it starts from
 */
public record Vm(
        VmId id,
        long millicores,
        ByteCount size,
        Labels labels,
        PowerState power,
        @Nullable HostId host,
        Hardware hardware)
        implements OccupantRow {
    /** Most have none: they share it. */
    public Vm {
        hardware = hardware.isNone() ? Hardware.NONE : hardware;
    }

    /** One without disks and network, as all were before there were any. */
    public Vm(VmId id, long millicores, ByteCount size, Labels labels, PowerState power, @Nullable HostId host) {
        this(id, millicores, size, labels, power, host, Hardware.NONE);
    }

    /** The same with another power state. */
    public Vm with(PowerState other) {
        return new Vm(id, millicores, size, labels, other, host, hardware);
    }

    /** The same at another place; null = none. */
    public Vm on(@Nullable HostId other) {
        return new Vm(id, millicores, size, labels, power, other, hardware);
    }

    /** The same with other hardware. */
    public Vm with(Hardware other) {
        return new Vm(id, millicores, size, labels, power, host, other);
    }

    /** What its host is asked to make. */
    public VmSpec spec() {
        return new VmSpec(id, millicores, size, labels, hardware);
    }

    @Override
    public long memory() {
        return size.bytes();
    }
}
