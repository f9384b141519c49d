package org.vinestock.placement.provider.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.vinestock.decision.Answer;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.machines.HostState;
import org.vinestock.machines.site.ClusterId;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.placement.HostScan;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.PlacementStrategy;
import org.vinestock.placement.contract.PlacementSite;
import org.vinestock.placement.rule.CompiledRule;
import org.vinestock.placement.rule.Demand;
import org.vinestock.placement.rule.Domain;
import org.vinestock.placement.rule.RuleCheck;
import org.vinestock.placement.rule.RuleIndex;
import org.vinestock.store.memory.MemoryInventories;
import org.vinestock.testkit.Seeds;

/**
 * What is found by indexes is what is found by looking at every host, row by row, to the last word: on the real inventory,
 * whatever changes between two questions and whichever snapshot is asked about.
 */
class SameAsByRowTest {
    private static final List<String> APPS = List.of("web", "db", "batch");

    @TestFactory
    Stream<DynamicTest> answersAsIfItHadLookedAtEveryHost() {
        return Seeds.of(getClass(), 60, seed -> {
            Inventory inventory =
                    new MemoryInventories().memory(new SimulatedScheduler(seed, Instant.EPOCH, (lane, thrown) -> {}));
            RandomGenerator random = Seeds.random(seed, "site");
            BestFitPlacement bestFit = new BestFitPlacement();
            SpreadPlacement spread = new SpreadPlacement();
            PlacementSite site = site(random);
            long copied = copy(site, 0, inventory);
            Snapshot older = inventory.head();
            for (int step = 0; step < 60; step++) {
                for (int changes = random.nextInt(6); changes > 0; changes--) {
                    change(site, random);
                }
                copied = copy(site, copied, inventory);
                PlacementQuestion question = question(random);
                compare(question, bestFit, ByRow::bestFit, inventory.head());
                compare(question, spread, ByRow::spread, inventory.head());
                compareFitting(question, older);
                older = random.nextInt(8) == 0 ? inventory.head() : older;
                compareFitting(question, inventory.head());
                compareKept(inventory.head());
            }
        });
    }

    private interface Oracle {
        Answer<Placement> answer(PlacementQuestion question, Snapshot snapshot);
    }

    private static void compare(
            PlacementQuestion question, PlacementStrategy strategy, Oracle oracle, Snapshot snapshot) {
        Answer<Placement> expected = oracle.answer(question, snapshot);
        Answer<Placement> actual = strategy.answer(question, new Asked(snapshot));
        assertEquals(expected, actual, () -> question + " at " + snapshot.ref());
    }

    private static void compareFitting(PlacementQuestion question, Snapshot snapshot) {
        HostScan byRow = new HostScan(question, snapshot);
        List<Integer> expected = new ArrayList<>();
        for (int row = 0; row < byRow.end(); row++) {
            if (byRow.fits(row)) {
                expected.add(row);
            }
        }
        HostScan atOnce = new HostScan(question, snapshot);
        List<Integer> actual = new ArrayList<>();
        var fitting = atOnce.fitting();
        for (int row = fitting.next(0); row >= 0; row = fitting.next(row + 1)) {
            actual.add(row);
        }
        assertEquals(expected, actual, () -> question + " at " + snapshot.ref());
        assertEquals(expected.size(), fitting.size());
        assertEquals(byRow.vetoes(), atOnce.vetoes());
        assertEquals(byRow.inWords(), atOnce.inWords());
    }

    private static void compareKept(Snapshot snapshot) {
        RuleIndex index = RuleIndex.of(snapshot);
        for (CompiledRule rule : index.rules()) {
            for (Vm vm : snapshot.rows(SiteKinds.VM)) {
                int row = vm.host() == null ? -1 : snapshot.hosts().row(vm.host());
                if (row >= 0
                        && vm.labels()
                                .has(
                                        rule.rule().group().key(),
                                        rule.rule().group().value())) {
                    assertEquals(
                            new RuleCheck(index, rule, vm.id(), snapshot).allows(row),
                            index.isKept(rule, vm.id(), row, snapshot),
                            () -> vm + " by " + rule.rule().inWords());
                }
            }
        }
    }

    /** Up to four chunks of hosts, of one size or several, whose rows follow racks or do not. */
    private static PlacementSite site(RandomGenerator random) {
        PlacementSite site = new PlacementSite();
        int hosts = 1 + random.nextInt(250);
        boolean mixed = random.nextBoolean();
        boolean shuffled = random.nextBoolean();
        int racks = 1 + random.nextInt(8);
        for (int i = 0; i < hosts; i++) {
            int rack = shuffled ? random.nextInt(racks) : i * racks / hosts;
            site.host(
                    name(i),
                    "r" + rack,
                    "z" + rack % 3,
                    random.nextInt(3) == 0 ? "lab" : "main",
                    mixed ? 1 + random.nextInt(8) : 8,
                    mixed ? 1 + random.nextInt(32) : 32);
        }
        return site;
    }

    private static String name(int host) {
        return "h" + host;
    }

    private static PlacementQuestion question(RandomGenerator random) {
        PlacementQuestion plain = Asked.question(
                random.nextInt(4) == 0 ? vm(random) : "new",
                (1 + random.nextInt(16)) / 4.0,
                (1 + random.nextInt(64)) / 8.0,
                labels(random));
        List<HostId> avoid = new ArrayList<>();
        for (int i = random.nextInt(4) == 0 ? 3 : 0; i > 0; i--) {
            avoid.add(new HostId(name(random.nextInt(260))));
        }
        List<HostId> only = new ArrayList<>();
        for (int i = random.nextInt(4) == 0 ? 1 + random.nextInt(40) : 0; i > 0; i--) {
            only.add(new HostId(name(random.nextInt(260))));
        }
        ClusterId cluster = random.nextInt(4) == 0 ? new ClusterId(random.nextInt(3) == 0 ? "none" : "main") : null;
        return new PlacementQuestion(
                plain.vm(),
                plain.millicores(),
                plain.memory(),
                plain.labels(),
                cluster,
                List.copyOf(avoid),
                List.copyOf(only));
    }

    private static void change(PlacementSite site, RandomGenerator random) {
        int hosts = site.snapshot().hosts().end();
        String host = name(random.nextInt(hosts));
        switch (random.nextInt(16)) {
            case 0 -> site.withoutVm(vm(random));
            case 1 -> site.maintenance(host, random.nextBoolean());
            case 2 -> site.state(host, random.nextInt(3) == 0 ? HostState.DOWN : HostState.UP);
            case 3 -> site.rule("rule-" + random.nextInt(4), "app=" + APPS.get(random.nextInt(3)), demand(random));
            case 4 -> site.withoutRule("rule-" + random.nextInt(4));
            case 5, 6 -> site.seen(vm(random), host, cores(random), gib(random));
            case 7 -> site.vm(vm(random), null, cores(random), gib(random), labels(random));
            default -> site.vm(vm(random), host, cores(random), gib(random), labels(random));
        }
    }

    private static Demand demand(RandomGenerator random) {
        Domain domain = List.of(Domain.HOST, Domain.RACK, Domain.ZONE).get(random.nextInt(3));
        return switch (random.nextInt(4)) {
            case 0 -> new Demand.Together(domain);
            case 1 -> new Demand.Apart(domain);
            case 2 -> new Demand.AtMost(domain, 1 + random.nextInt(3));
            default ->
                new Demand.In(
                        domain,
                        switch (domain) {
                            case HOST -> List.of("h0", "h1", "h70");
                            case RACK -> List.of("r0", "r2");
                            case ZONE -> List.of("z0", "z2");
                        });
        };
    }

    private static String vm(RandomGenerator random) {
        return "vm-" + random.nextInt(60);
    }

    private static double cores(RandomGenerator random) {
        return (1 + random.nextInt(16)) / 4.0;
    }

    private static double gib(RandomGenerator random) {
        return (1 + random.nextInt(64)) / 8.0;
    }

    private static Labels labels(RandomGenerator random) {
        return random.nextInt(3) == 0 ? Labels.NONE : Labels.of("app", APPS.get(random.nextInt(3)));
    }

    private static long copy(PlacementSite site, long since, Inventory inventory) {
        Snapshot snapshot = site.snapshot();
        List<Change> changes = snapshot.changesSince(since).orElseThrow();
        for (Change change : changes) {
            inventory.commit(new ChangeSet(inventory.head().ref().revision(), List.of(change)));
        }
        return snapshot.ref().revision();
    }
}
