package org.vinestock.lab.arrivals;

/**
 * What became of arrivals and departures.
 *
 * @param perSecond arrivals in a second at speed 1; 0 = none
 * @param created VMs that were placed and started
 * @param deleted VMs that left
 * @param refused VMs for which there was no room
 * @param failed operations that failed otherwise
 * @param notIssued arrivals that were not asked for, because too much was outstanding
 * @param outstanding operations under way
 * @param lastFailure why the last one failed; empty = none did
 */
public record ArrivalCounts(
        double perSecond,
        long created,
        long deleted,
        long refused,
        long failed,
        long notIssued,
        int outstanding,
        String lastFailure) {
    /** Nothing happened yet. */
    public static final ArrivalCounts NONE = new ArrivalCounts(0, 0, 0, 0, 0, 0, 0, "");
}
