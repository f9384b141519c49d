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
 * <p>Looks at the fullest hosts first, step by step, until no other can come before the worst that it keeps; keeps nothing
 * from one question to the next.
 */
public final class BestFitPlacement implements PlacementStrategy {
    private static final double STEPS = 16;

    private final Ranking ranking = new Ranking();

    @Override
    public Answer<Placement> answer(PlacementQuestion question, Context context) {
        HostScan scan = new HostScan(question, context.snapshot());
        RowSet fitting = scan.fitting();
        RoomIndex room = RoomIndex.of(context.snapshot());
        ranking.clear();
        long[] looked = new long[fitting.chunks()];
        for (int step = 1; step <= STEPS + 1 && !decided(step - 1); step++) {
            offer(question, scan, fitting, step > STEPS ? fitting : below(step, question, room), looked);
        }
        return scan.answer(ranking.best(), ranking.alternatives(scan.hosts()));
    }

    /** Whether no host that is not as full as that many steps can come before the worst that is kept. */
    private boolean decided(int step) {
        return ranking.isFull() && ranking.worstSecond() * STEPS < step;
    }

    /** The rows whose remaining shares may all be below that many steps; rather one too many. */
    private static RowSet below(int step, PlacementQuestion question, RoomIndex room) {
        double share = step / STEPS;
        return room.aboutAtMost(
                question.millicores() + (long) (share * room.largestMillicores()) + 1,
                question.memory().bytes() + (long) (share * room.largestMemory()) + 1);
    }

    private void offer(PlacementQuestion question, HostScan scan, RowSet fitting, RowSet these, long[] looked) {
        for (int chunk = 0; chunk < looked.length; chunk++) {
            long rows = fitting.chunk(chunk) & these.chunk(chunk) & ~looked[chunk];
            looked[chunk] |= rows;
            for (; rows != 0; rows &= rows - 1) {
                int row = chunk * RoomIndex.CHUNK + Long.numberOfTrailingZeros(rows);
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
