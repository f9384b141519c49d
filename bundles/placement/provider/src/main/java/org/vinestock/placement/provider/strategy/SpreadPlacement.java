package org.vinestock.placement.provider.strategy;

import java.util.Arrays;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Context;
import org.vinestock.inventory.Hosts;
import org.vinestock.placement.HostScan;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.PlacementStrategy;
import org.vinestock.placement.rule.Domain;

/**
 * Spreads each group of VMs, so that a loss hits few of them. A group is all VMs with the same labels; those without any
 * are one group too.
 *
 * <p>Chooses the host whose zone has the fewest VMs of the group; of equals, whose rack has the fewest; then the host
 * itself; then the emptiest host, the one whose largest used share of any resource is smallest after placing; then the
 * one with the lowest row. A VM on the move counts where it is and where it should be.
 *
 * <p>Looks at every host. Keeps how many VMs of each group are on each host, and follows the changes.
 */
public final class SpreadPlacement implements PlacementStrategy {
    private static final int BITS = 21;

    private final Ranking ranking = new Ranking();
    private final Groups groups = new Groups();
    private int[] zones = {};
    private int[] racks = {};

    @Override
    public Answer<Placement> answer(PlacementQuestion question, Context context) {
        groups.follow(context.snapshot());
        HostScan scan = new HostScan(question, context.snapshot());
        RowCounts members = groups.members(question.labels());
        Groups.Spot own = groups.spot(question.vm(), question.labels());
        sum(scan, members, own);
        ranking.clear();
        for (int row = 0; row < scan.end(); row++) {
            if (scan.fits(row)) {
                long zone = zones[scan.layout().domain(Domain.ZONE, row)];
                long rack = racks[scan.layout().domain(Domain.RACK, row)];
                int host = members.get(row) - own.at(row);
                long fewest = (((zone << BITS) | rack) << BITS) | host;
                ranking.offer(row, fewest, largestUsedShare(question, scan, row));
            }
        }
        return scan.answer(ranking.best(), ranking.alternatives(scan.hosts()));
    }

    private void sum(HostScan scan, RowCounts members, Groups.Spot own) {
        zones = cleared(zones, scan.layout().end(Domain.ZONE));
        racks = cleared(racks, scan.layout().end(Domain.RACK));
        for (int row = members.skip(0); row < members.end(); row = members.skip(row + 1)) {
            if (scan.layout().member(row)) {
                int count = members.get(row) - own.at(row);
                zones[scan.layout().domain(Domain.ZONE, row)] += count;
                racks[scan.layout().domain(Domain.RACK, row)] += count;
            }
        }
    }

    private static int[] cleared(int[] counts, int size) {
        if (counts.length < size) {
            return new int[size];
        }
        Arrays.fill(counts, 0);
        return counts;
    }

    private static double largestUsedShare(PlacementQuestion question, HostScan scan, int row) {
        Hosts hosts = scan.hosts();
        double cores = (scan.freeMillicores(row) - question.millicores()) / (double) hosts.millicores(row);
        double memory = (scan.freeMemory(row) - question.memory().bytes()) / (double) hosts.memory(row);
        return 1 - Math.min(cores, memory);
    }
}
