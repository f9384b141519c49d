package org.vinestock.lab.arrivals;

import org.vinestock.inventory.Hosts;

/**
 * How full the hosts are that take VMs.
 *
 * @param millicores offered by all of them
 * @param memory offered by all of them, in bytes
 * @param cpu share taken, 0 to 1
 * @param memoryShare share taken, 0 to 1
 */
public record Fill(long millicores, long memory, double cpu, double memoryShare) {
    /** Adds the hosts up. */
    public static Fill of(Hosts hosts) {
        long millicores = 0;
        long memory = 0;
        long freeMillicores = 0;
        long freeMemory = 0;
        for (int row = 0; row < hosts.end(); row++) {
            if (hosts.accepts(row)) {
                millicores += hosts.millicores(row);
                memory += hosts.memory(row);
                freeMillicores += hosts.freeMillicores(row);
                freeMemory += hosts.freeMemory(row);
            }
        }
        return new Fill(millicores, memory, taken(millicores, freeMillicores), taken(memory, freeMemory));
    }

    /** The share of what is scarcer. */
    public double dominant() {
        return Math.max(cpu, memoryShare);
    }

    private static double taken(long offered, long free) {
        return offered == 0 ? 1 : (double) (offered - free) / offered;
    }
}
