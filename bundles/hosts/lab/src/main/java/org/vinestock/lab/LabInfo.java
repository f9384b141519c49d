package org.vinestock.lab;

import java.time.Duration;
import java.util.List;
import org.vinestock.model.HostId;

/**
 * How the lab is.
 *
 * @param running VMs that run
 * @param cpu share of the CPU of hosts with power that is taken, 0 to 1
 * @param memory likewise
 * @param created VMs that arrived and were placed
 * @param refused VMs that arrived and found no room
 * @param failed operations that failed otherwise
 * @param notIssued arrivals that were not even asked for, because {@code outstanding} had reached its limit
 * @param lastFailure why the last failed operation failed; empty if none did
 */
public record LabInfo(
        int hosts,
        List<HostId> withoutPower,
        double speed,
        Duration labTime,
        int running,
        double cpu,
        double memory,
        double arrivals,
        long created,
        long deleted,
        long refused,
        long failed,
        long notIssued,
        int outstanding,
        String lastFailure) {
    /** Copies the list. */
    public LabInfo {
        withoutPower = List.copyOf(withoutPower);
    }
}
