package org.vinestock.placement.provider.strategy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.vinestock.decision.Alternative;
import org.vinestock.decision.Answer;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.placement.HostScan;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.rule.Domain;

/** The built-in strategies as they are described, by looking at every host and every VM: to compare with. */
final class ByRow {
    private record Ranked(int row, long zone, long rack, long host, double share, long oldest) {}

    private ByRow() {}

    static Answer<Placement> bestFit(PlacementQuestion question, Snapshot snapshot) {
        HostScan scan = new HostScan(question, snapshot);
        List<Ranked> ranked = new ArrayList<>();
        for (int row = 0; row < scan.end(); row++) {
            if (scan.fits(row)) {
                double share = Math.max(cores(question, scan, row), memory(question, scan, row));
                long oldest = oldest(row, snapshot);
                ranked.add(new Ranked(row, 0, 0, oldest == Long.MAX_VALUE ? 1 : 0, Math.floor(share * 4) / 4, oldest));
            }
        }
        return answer(ranked, scan);
    }

    private static long oldest(int row, Snapshot snapshot) {
        long oldest = Long.MAX_VALUE;
        for (Vm vm : snapshot.rows(SiteKinds.VM)) {
            if (vm.host() != null && snapshot.hosts().row(vm.host()) == row) {
                oldest = Math.min(oldest, snapshot.rows(SiteKinds.VM).changedAt(vm.id()));
            }
        }
        return oldest;
    }

    static Answer<Placement> spread(PlacementQuestion question, Snapshot snapshot) {
        HostScan scan = new HostScan(question, snapshot);
        TreeMap<Integer, Long> zones = new TreeMap<>();
        TreeMap<Integer, Long> racks = new TreeMap<>();
        TreeMap<Integer, Long> hosts = new TreeMap<>();
        for (Vm vm : snapshot.rows(SiteKinds.VM)) {
            if (vm.labels().equals(question.labels()) && !vm.id().equals(question.vm())) {
                int there = vm.host() == null ? -1 : snapshot.hosts().row(vm.host());
                int here = snapshot.rows(SiteKinds.VM_OBSERVED)
                        .find(vm.id())
                        .map(ObservedVm::host)
                        .map(snapshot.hosts()::row)
                        .orElse(-1);
                count(there, scan, zones, racks, hosts);
                if (here != there) {
                    count(here, scan, zones, racks, hosts);
                }
            }
        }
        List<Ranked> ranked = new ArrayList<>();
        for (int row = 0; row < scan.end(); row++) {
            if (scan.fits(row)) {
                ranked.add(new Ranked(
                        row,
                        zones.getOrDefault(scan.layout().domain(Domain.ZONE, row), 0L),
                        racks.getOrDefault(scan.layout().domain(Domain.RACK, row), 0L),
                        hosts.getOrDefault(row, 0L),
                        1 - Math.min(cores(question, scan, row), memory(question, scan, row)),
                        0));
            }
        }
        return answer(ranked, scan);
    }

    private static void count(
            int row, HostScan scan, Map<Integer, Long> zones, Map<Integer, Long> racks, Map<Integer, Long> hosts) {
        if (scan.layout().member(row)) {
            zones.merge(scan.layout().domain(Domain.ZONE, row), 1L, Long::sum);
            racks.merge(scan.layout().domain(Domain.RACK, row), 1L, Long::sum);
            hosts.merge(row, 1L, Long::sum);
        }
    }

    private static Answer<Placement> answer(List<Ranked> ranked, HostScan scan) {
        ranked.sort(Comparator.comparing(Ranked::zone)
                .thenComparing(Ranked::rack)
                .thenComparing(Ranked::host)
                .thenComparing(Ranked::share)
                .thenComparing(Ranked::oldest)
                .thenComparing(Ranked::row));
        List<Alternative<Placement>> alternatives = new ArrayList<>();
        for (Ranked each : ranked.subList(Math.min(1, ranked.size()), Math.min(17, ranked.size()))) {
            long fewest = (((each.zone() << 21) | each.rack()) << 21) | each.host();
            alternatives.add(
                    new Alternative<>(new Placement.Placed(scan.hosts().id(each.row())), -(fewest + each.share())));
        }
        return scan.answer(ranked.isEmpty() ? -1 : ranked.get(0).row(), alternatives);
    }

    private static double cores(PlacementQuestion question, HostScan scan, int row) {
        Hosts hosts = scan.hosts();
        return (scan.freeMillicores(row) - question.millicores()) / (double) hosts.millicores(row);
    }

    private static double memory(PlacementQuestion question, HostScan scan, int row) {
        Hosts hosts = scan.hosts();
        return (scan.freeMemory(row) - question.memory().bytes()) / (double) hosts.memory(row);
    }
}
