package org.vinestock.placement.provider.strategy;

import java.util.Arrays;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Context;
import org.vinestock.inventory.Hosts;
import org.vinestock.placement.HostScan;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.PlacementStrategy;
import org.vinestock.placement.RoomIndex;
import org.vinestock.placement.RowSet;
import org.vinestock.placement.rule.Areas;
import org.vinestock.placement.rule.Domain;

/**
 * Spreads each group of VMs, so that a loss hits few of them. A group is all VMs with the same labels; those without any
 * are one group too.
 *
 * <p>Chooses the host whose zone has the fewest VMs of the group; of equals, whose rack has the fewest; then the host
 * itself; then the emptiest host, the one whose largest used share of any resource is smallest after placing; then the
 * one with the lowest row. A VM on the move counts where it is and where it should be.
 *
 * <p>Passes over racks, 64 hosts at a time, that come after the worst that it keeps. Keeps how many VMs of each group are on each host, and follows the changes.
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
        RowSet fitting = scan.fitting();
        RoomIndex room = RoomIndex.of(context.snapshot());
        Areas inRacks = scan.layout().areas(Domain.RACK);
        ranking.clear();
        for (int chunk = 0; chunk < fitting.chunks(); chunk++) {
            long rows = fitting.chunk(chunk);
            for (int at = 0; rows != 0 && at < inRacks.count(chunk); at++) {
                long there = rows & inRacks.rows(chunk, at);
                rows &= ~there;
                if (there != 0) {
                    offer(there, chunk, question, scan, room, members, own);
                }
            }
        }
        return scan.answer(ranking.best(), ranking.alternatives(scan.hosts()));
    }

    /** Offers rows of one chunk that are in one rack, if one of them may come before the worst that is kept. */
    private void offer(
            long rows,
            int chunk,
            PlacementQuestion question,
            HostScan scan,
            RoomIndex room,
            RowCounts members,
            Groups.Spot own) {
        int first = chunk * RoomIndex.CHUNK + Long.numberOfTrailingZeros(rows);
        long zone = zones[scan.layout().domain(Domain.ZONE, first)];
        long rack = racks[scan.layout().domain(Domain.RACK, first)];
        long fewest = ((zone << BITS) | rack) << BITS;
        if (ranking.isFull()) {
            long worst = ranking.worstFirst();
            if (fewest > worst || (fewest == worst && noneIsEmptier(chunk, question, scan, room))) {
                return;
            }
        }
        for (long left = rows; left != 0; left &= left - 1) {
            int row = chunk * RoomIndex.CHUNK + Long.numberOfTrailingZeros(left);
            int host = members.get(row) - own.at(row);
            ranking.offer(row, fewest | host, largestUsedShare(question, scan, row), 0);
        }
    }

    /** Whether no host of a chunk has a smaller used share than the worst that is kept, nor the same and a lower row. */
    private boolean noneIsEmptier(int chunk, PlacementQuestion question, HostScan scan, RoomIndex room) {
        if (ranking.worstRow() >= chunk * RoomIndex.CHUNK || scan.own(chunk) != 0) {
            return false;
        }
        RoomIndex.Range millicores = room.millicores(chunk);
        RoomIndex.Range memory = room.memory(chunk);
        double cores = (millicores.mostFree() - question.millicores()) / (double) millicores.smallest();
        double bytes = (memory.mostFree() - question.memory().bytes()) / (double) memory.smallest();
        return 1 - Math.min(cores, bytes) >= ranking.worstSecond();
    }

    private void sum(HostScan scan, RowCounts members, Groups.Spot own) {
        zones = cleared(zones, scan.layout().end(Domain.ZONE));
        racks = cleared(racks, scan.layout().end(Domain.RACK));
        for (int row = members.next(0); row >= 0; row = members.next(row + 1)) {
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
