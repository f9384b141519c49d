package org.vinestock.placement.provider.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.Labels;
import org.vinestock.model.Violation;
import org.vinestock.placement.HostScan;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.contract.NaiveRules;
import org.vinestock.placement.contract.PlacementSite;
import org.vinestock.placement.rule.Demand;
import org.vinestock.placement.rule.Domain;
import org.vinestock.store.memory.MemoryInventories;
import org.vinestock.testkit.Seeds;

/** What is derived from rules is right on the real inventory, whichever of its snapshots is looked at. */
class StoredSiteTest {
    private static final Labels WEB = Labels.of("app", "web");

    @TestFactory
    Stream<DynamicTest> findsWhatANaiveCheckerFinds() {
        return Seeds.of(getClass(), 30, seed -> {
            RandomGenerator random = new SplittableRandom(seed);
            Inventory inventory =
                    new MemoryInventories().memory(new SimulatedScheduler(seed, Instant.EPOCH, (lane, thrown) -> {}));
            PlacementSite site = new PlacementSite().hosts(2, 2, 2, 8, 32);
            site.rule("web-apart", "app=web", new Demand.Apart(Domain.RACK));
            site.rule("web-near", "app=web", new Demand.Together(Domain.ZONE));
            site.rule("web-few", "app=web", new Demand.AtMost(Domain.HOST, 2));
            long copied = copy(site, 0, inventory);
            Snapshot older = inventory.head();
            for (int step = 0; step < 60; step++) {
                change(site, random);
                copied = copy(site, copied, inventory);
                if (random.nextInt(3) > 0) {
                    compare(inventory.head());
                }
                if (random.nextInt(10) == 0) {
                    compare(older);
                    older = inventory.head();
                }
            }
        });
    }

    private static void change(PlacementSite site, RandomGenerator random) {
        String vm = "vm-" + random.nextInt(8);
        String host = "z" + (1 + random.nextInt(2)) + "-r" + (1 + random.nextInt(2)) + "-h0" + (1 + random.nextInt(2));
        switch (random.nextInt(5)) {
            case 0 -> site.withoutVm(vm);
            case 1 -> site.seen(vm, host, 1, 1);
            case 2 -> site.maintenance(host, random.nextBoolean());
            default -> site.vm(vm, host, 1, 1, random.nextBoolean() ? WEB : Labels.NONE);
        }
    }

    private static long copy(PlacementSite site, long since, Inventory inventory) {
        Snapshot snapshot = site.snapshot();
        for (Change change : snapshot.changesSince(since).orElseThrow()) {
            long basis = inventory.head().ref().revision();
            Object commit = inventory
                    .commit(new ChangeSet(basis, List.of(change)))
                    .toCompletableFuture()
                    .getNow(null);
            assertEquals(Commit.Done.class, commit.getClass(), String.valueOf(commit));
        }
        return snapshot.ref().revision();
    }

    private static void compare(Snapshot snapshot) {
        PlacementQuestion question = Asked.question("new", 1, 1, WEB);
        HostScan scan = new HostScan(question, snapshot);
        for (Host host : snapshot.rows(SiteKinds.HOST)) {
            assertEquals(
                    NaiveRules.wrong(question, host.id(), snapshot),
                    scan.violations(host.id()).stream().map(Violation::rule).toList(),
                    () -> host + " at " + snapshot.ref());
        }
    }
}
