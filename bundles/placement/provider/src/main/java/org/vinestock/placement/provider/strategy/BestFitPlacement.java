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
 * Takes the host that will be fullest, so that large gaps stay whole for large VMs.
 *
 * <p>For each resource - cores, memory - the remaining share of a host is what is free after placing, divided by what the
 * host offers. A host is as empty as its largest remaining share: the dominant one, in steps of a sixteenth. The host with
 * the smallest of these is chosen; of equals the one with the lowest row, which is the one that has been known longest. So a
 * VM that needs much memory does not go where memory would be used up and cores lie idle; and of hosts that are much alike
 * always the same ones are filled, while the others run empty.
 *
 * <p>Finds by the index up to which step there are as many hosts as are kept, and looks at these only, as long as another
 * one may come before the worst that is kept; keeps nothing from one question to the next.
 */
public final class BestFitPlacement implements PlacementStrategy {
    private static final int STEPS = 16;

    private final Ranking ranking = new Ranking();

    @Override
    public Answer<Placement> answer(PlacementQuestion question, Context context) {
        HostScan scan = new HostScan(question, context.snapshot());
        RowSet fitting = scan.fitting();
        RoomIndex room = RoomIndex.of(context.snapshot());
        ranking.clear();
        int step = enough(question, room, fitting);
        RowSet looked = step == 0 ? RowSet.NONE : below(step, question, room, fitting);
        offer(question, scan, looked, RowSet.NONE, 0);
        while (step <= STEPS && !decided(step)) {
            RowSet next = below(++step, question, room, fitting);
            offer(question, scan, next, looked, step - 1);
            looked = next;
        }
        return scan.answer(ranking.best(), ranking.alternatives(scan.hosts()));
    }

    /** The most steps below which there are fewer hosts than are kept; there are more of them by the step after. */
    private static int enough(PlacementQuestion question, RoomIndex room, RowSet fitting) {
        int fewer = 0;
        int many = STEPS + 1;
        while (many - fewer > 1) {
            int middle = (fewer + many) >>> 1;
            if (below(middle, question, room, fitting).size() < Ranking.KEPT) {
                fewer = middle;
            } else {
                many = middle;
            }
        }
        return fewer;
    }

    /** Whether no host that is not as full as that many steps can come before the worst that is kept. */
    private boolean decided(int step) {
        return ranking.isFull() && ranking.worstSecond() * STEPS < step;
    }

    /** The rows whose remaining shares may all be below that many steps; rather one too many. */
    private static RowSet below(int step, PlacementQuestion question, RoomIndex room, RowSet fitting) {
        if (step > STEPS) {
            return fitting;
        }
        double share = (double) step / STEPS;
        return room.aboutAtMost(
                question.millicores() + (long) (share * room.largestMillicores()) + 1,
                question.memory().bytes() + (long) (share * room.largestMemory()) + 1,
                fitting);
    }

    /** Offers rows that were not looked at before, none of which is below so many steps. */
    private void offer(PlacementQuestion question, HostScan scan, RowSet these, RowSet looked, int steps) {
        for (int chunk = 0; chunk < these.chunks(); chunk++) {
            long rows = these.chunk(chunk) & ~(looked == RowSet.NONE ? 0 : looked.chunk(chunk));
            for (; rows != 0; rows &= rows - 1) {
                int row = chunk * RoomIndex.CHUNK + Long.numberOfTrailingZeros(rows);
                if (ranking.isFull() && ranking.worstSecond() * STEPS <= steps && ranking.worstRow() < row) {
                    return; // of equals the lower row comes first
                }
                ranking.offer(row, 0, largestRemainingShare(question, scan, row));
            }
        }
    }

    static double largestRemainingShare(PlacementQuestion question, HostScan scan, int row) {
        Hosts hosts = scan.hosts();
        double cores = (scan.freeMillicores(row) - question.millicores()) / (double) hosts.millicores(row);
        double memory = (scan.freeMemory(row) - question.memory().bytes()) / (double) hosts.memory(row);
        return Math.floor(Math.max(cores, memory) * STEPS) / STEPS;
    }
}
