package org.vinestock.machines;

import java.util.List;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.VmId;

/**
 * What a host says of itself.
 *
 * @param millicores CPU that VMs may use, in thousandths of a core
 * @param memory memory that VMs may use
 * @param load share of the CPU in use, 0 to 1
 * @param machines what is on it, in order of the VMs' names
 * @param simulated whether this host is only played
 * @param facts what it is made of; changes seldom
 */
public record HostReport(
        HostId host,
        long millicores,
        ByteCount memory,
        double load,
        List<Found> machines,
        boolean simulated,
        HostFacts facts) {
    /** Copies the list. */
    public HostReport {
        machines = List.copyOf(machines);
    }

    /** Of a host that says no more. */
    public HostReport(
            HostId host, long millicores, ByteCount memory, double load, List<Found> machines, boolean simulated) {
        this(host, millicores, memory, load, machines, simulated, HostFacts.NONE);
    }

    /** A VM that is on the host. */
    public record Found(VmId id, PowerState power, long millicores, ByteCount memory) {}
}
