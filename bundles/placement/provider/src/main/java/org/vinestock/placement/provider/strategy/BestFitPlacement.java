package org.vinestock.placement.provider.strategy;

import org.vinestock.decision.Answer;
import org.vinestock.decision.Context;
import org.vinestock.inventory.Hosts;
import org.vinestock.placement.HostScan;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.PlacementStrategy;

/**
 * Takes the host that will be fullest, so that large gaps stay whole for large VMs.
 *
 * <p>For each resource - cores, memory - the remaining share of a host is what is free after placing, divided by what the
 * host offers. A host is as empty as its largest remaining share: the dominant one. The host with the smallest of these
 * is chosen; of equals the one with the lowest row, which is the one that has been known longest. So a VM that needs much
 * memory does not go where memory would be used up and cores lie idle.
 *
 * <p>Looks at every host; keeps nothing from one question to the next.
 */
public final class BestFitPlacement implements PlacementStrategy {
    private final Ranking ranking = new Ranking();

    @Override
    public Answer<Placement> answer(PlacementQuestion question, Context context) {
        HostScan scan = new HostScan(question, context.snapshot());
        ranking.clear();
        for (int row = 0; row < scan.end(); row++) {
            if (scan.fits(row)) {
                ranking.offer(row, 0, largestRemainingShare(question, scan, row));
            }
        }
        return scan.answer(ranking.best(), ranking.alternatives(scan.hosts()));
    }

    static double largestRemainingShare(PlacementQuestion question, HostScan scan, int row) {
        Hosts hosts = scan.hosts();
        double cores = (scan.freeMillicores(row) - question.millicores()) / (double) hosts.millicores(row);
        double memory = (scan.freeMemory(row) - question.memory().bytes()) / (double) hosts.memory(row);
        return Math.max(cores, memory);
    }
}
