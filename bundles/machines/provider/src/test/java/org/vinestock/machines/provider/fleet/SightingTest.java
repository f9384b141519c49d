package org.vinestock.machines.provider.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.HostReport;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.placement.contract.PlacementSite;
import org.vinestock.testkit.Seeds;

/** Whatever changes on a host, and in whatever order it reports, the rows follow. */
class SightingTest {
    private static final HostId HERE = new HostId("z1-r1-h01");

    @TestFactory
    Stream<DynamicTest> makesTheRowsWhatTheReportSays() {
        return Seeds.of(getClass(), 200, seed -> {
            Random random = new Random(seed);
            PlacementSite site = new PlacementSite().hosts(1, 1, 2, 8, 32);
            TreeMap<String, PowerState> there = new TreeMap<>();
            TreeMap<String, HostReport.Found> found = new TreeMap<>();
            List<ObservedVm> known = List.of();
            List<HostReport.Found> before = List.of();
            for (int step = 0; step < 20; step++) {
                TreeSet<String> doubtful = new TreeSet<>();
                change(there, site, doubtful, random);
                HostReport report = report(there, found, random.nextInt(5) == 0 ? random : null);
                boolean all = random.nextInt(5) == 0;
                Sighting sighting = Sighting.of(report, known, before, doubtful, all, site.snapshot());
                apply(sighting.changes(), site);
                known = sighting.rows();
                before = sighting.inStep();
                compare(there, known, site.snapshot());
            }
        });
    }

    private static void change(
            SortedMap<String, PowerState> there, PlacementSite site, SortedSet<String> doubtful, Random random) {
        for (int i = random.nextInt(4); i > 0; i--) {
            String vm = "vm-" + random.nextInt(12);
            switch (random.nextInt(4)) {
                case 0 -> there.remove(vm);
                case 1 -> {
                    site.withoutVm(vm);
                    doubtful.add(vm);
                }
                default -> there.put(vm, random.nextBoolean() ? PowerState.RUNNING : PowerState.STOPPED);
            }
        }
    }

    private static HostReport report(SortedMap<String, PowerState> there, Random shuffledBy) {
        return report(there, new TreeMap<>(), shuffledBy);
    }

    /** With the same object as before for each VM that is as it was. */
    private static HostReport report(
            SortedMap<String, PowerState> there, SortedMap<String, HostReport.Found> before, Random shuffledBy) {
        List<HostReport.Found> found = new ArrayList<>();
        there.forEach((name, power) -> {
            HostReport.Found now = new HostReport.Found(new VmId(name), power, 1, new ByteCount(1));
            found.add(before.merge(name, now, (then, again) -> then.equals(again) ? then : again));
        });
        if (shuffledBy != null) {
            Collections.shuffle(found, shuffledBy);
        }
        return new HostReport(HERE, 8_000, ByteCount.ofGib(32), 0, found, true);
    }

    private static void apply(List<Change> changes, PlacementSite site) {
        TreeSet<String> changed = new TreeSet<>();
        for (Change change : changes) {
            assertEquals(true, changed.add(change.id().value()), () -> "two changes of " + change.id());
            if (change instanceof Change.Put<?> put) {
                site.put(SiteKinds.VM_OBSERVED, change.id(), (ObservedVm) put.value());
            } else {
                site.remove(SiteKinds.VM_OBSERVED, change.id());
            }
        }
    }

    private static void compare(SortedMap<String, PowerState> there, List<ObservedVm> known, Snapshot snapshot) {
        TreeMap<String, PowerState> rows = new TreeMap<>();
        snapshot.rows(SiteKinds.VM_OBSERVED).forEach(row -> rows.put(row.id().value(), row.power()));
        assertEquals(there, rows);
        assertEquals(
                List.copyOf(there.keySet()),
                known.stream().map(row -> row.id().value()).toList());
    }

    @Test
    void leavesTheRowOfAVmWhereItShouldBe() {
        PlacementSite site = new PlacementSite().hosts(1, 1, 2, 8, 32);
        site.vm("vm-1", "z1-r1-h02", 1, 1, Labels.NONE).seen("vm-1", "z1-r1-h02", 1, 1);
        HostReport report = report(new TreeMap<>(Map.of("vm-1", PowerState.STOPPED)), null);

        Sighting sighting = Sighting.of(report, List.of(), List.of(), new TreeSet<>(), false, site.snapshot());

        assertEquals(List.of(), sighting.changes());
        assertEquals(List.of(new VmId("vm-1")), sighting.staleCopies());

        site.vm("vm-1", HERE.value(), 1, 1, Labels.NONE);
        sighting = Sighting.of(report, List.of(), List.of(), new TreeSet<>(), false, site.snapshot());
        assertEquals(1, sighting.changes().size());
        assertEquals(List.of(), sighting.staleCopies());
        assertEquals("[z1-r1-h02]", sighting.formerHosts().toString());
    }
}
