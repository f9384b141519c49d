package org.vinestock.placement.provider.strategy;

import org.vinestock.decision.Answer;
import org.vinestock.decision.Context;
import org.vinestock.inventory.Hosts;
import org.vinestock.placement.HostScan;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.PlacementStrategy;
import org.vinestock.placement.RoomIndex;
import org.vinestock.placement.RowSet;

/**
 * Takes the host that will be fullest, so that large gaps stay whole for large VMs; of those that will be much alike the one
 * that is likely to be in use longest anyway, so that the others run empty. Hosts without VMs come last.
 *
 * <p>For each resource - cores, memory - the remaining share of a host is what is free after placing, divided by what the
 * host offers. A host is as empty as its largest remaining share: the dominant one, in quarters. So a VM that needs much
 * memory does not go where memory would be used up and cores lie idle. Of the hosts with the smallest share the one with the
 * oldest VM is chosen, for who has been there long mostly stays; of equals, such as hosts without VMs, the one with the
 * lowest row, which is the one that has been known longest.
 *
 * <p>Finds by indexes which hosts will be in the fullest quarter, then those in the next one, until there are as many as are
 * kept; keeps nothing from one question to the next.
 */
public final class BestFitPlacement implements PlacementStrategy {
    private static final int STEPS = 4;

    private final Ranking ranking = new Ranking();

    @Override
    public Answer<Placement> answer(PlacementQuestion question, Context context) {
        HostScan scan = new HostScan(question, context.snapshot());
        RowSet fitting = scan.fitting();
        RoomIndex room = RoomIndex.of(context.snapshot());
        OldestVms oldest = OldestVms.of(context.snapshot());
        ranking.clear();
        for (int step = 0; step < 2 * STEPS && !ranking.isFull(); step++) {
            int quarter = step % STEPS;
            offer(upTo(quarter, question, room, fitting), quarter, step >= STEPS, question, scan, oldest);
        }
        return scan.answer(ranking.best(), ranking.alternatives(scan.hosts()));
    }

    /** The rows whose remaining shares may all be in a quarter or below; rather one too many. */
    private static RowSet upTo(int quarter, PlacementQuestion question, RoomIndex room, RowSet fitting) {
        if (quarter + 1 == STEPS) {
            return fitting;
        }
        double share = (double) (quarter + 1) / STEPS;
        return room.aboutAtMost(
                question.millicores() + (long) (share * room.largestMillicores()) + 1,
                question.memory().bytes() + (long) (share * room.largestMemory()) + 1,
                fitting);
    }

    /** Offers those of some rows whose largest remaining share is in a quarter, and which have VMs or have none. */
    private void offer(
            RowSet these, int quarter, boolean unused, PlacementQuestion question, HostScan scan, OldestVms oldest) {
        for (int chunk = 0; chunk < these.chunks(); chunk++) {
            for (long rows = these.chunk(chunk); rows != 0; rows &= rows - 1) {
                int row = chunk * RoomIndex.CHUNK + Long.numberOfTrailingZeros(rows);
                long since = oldest.oldest(row);
                if ((since == OldestVms.NOBODY) != unused || (ranking.isFull() && since >= ranking.worstThird())) {
                    continue; // of equals the lower row comes first
                }
                int of = (int) (largestRemainingShare(question, scan, row) * STEPS);
                if (Math.min(STEPS - 1, of) == quarter) {
                    ranking.offer(row, unused ? 1 : 0, (double) quarter / STEPS, since);
                }
            }
        }
    }

    private static double largestRemainingShare(PlacementQuestion question, HostScan scan, int row) {
        Hosts hosts = scan.hosts();
        double cores = (scan.freeMillicores(row) - question.millicores()) / (double) hosts.millicores(row);
        double memory = (scan.freeMemory(row) - question.memory().bytes()) / (double) hosts.memory(row);
        return Math.max(cores, memory);
    }
}
