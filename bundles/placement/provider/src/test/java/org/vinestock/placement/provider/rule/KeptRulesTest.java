package org.vinestock.placement.provider.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.machines.HostState;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.site.ClusterId;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.ObservedHost;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.Rack;
import org.vinestock.machines.site.RackId;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.machines.site.ZoneId;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.placement.rule.CompiledRule;
import org.vinestock.placement.rule.Demand;
import org.vinestock.placement.rule.Domain;
import org.vinestock.placement.rule.Group;
import org.vinestock.placement.rule.KeptRules;
import org.vinestock.placement.rule.PlacementRule;
import org.vinestock.placement.rule.RuleId;
import org.vinestock.placement.rule.RuleIndex;
import org.vinestock.store.memory.MemoryInventories;
import org.vinestock.testkit.Seeds;

/** Whatever changes, the counts are those that asking about each VM gives. */
class KeptRulesTest {
    private static final ByteCount SIZE = ByteCount.ofGib(1);

    @TestFactory
    Stream<DynamicTest> countsWhatAskingAboutEachVmFinds() {
        return Seeds.of(getClass(), 200, seed -> {
            RandomGenerator random = Seeds.random(seed, "site");
            int vms = 1 + random.nextInt(random.nextBoolean() ? 4 : 40);
            int hosts = 2 + random.nextInt(8);
            Inventory inventory =
                    new MemoryInventories().memory(new SimulatedScheduler(seed, Instant.EPOCH, (lane, thrown) -> {}));
            for (int i = 0; i < hosts; i++) {
                commit(inventory, List.of(host(i, random)));
            }
            for (int step = 0; step < 40; step++) {
                List<Change> changes = new ArrayList<>();
                for (int i = random.nextInt(6); i >= 0; i--) {
                    changes.add(change(vms, hosts, random));
                }
                commit(inventory, changes);
                compare(inventory.head());
            }
        });
    }

    /** A change set has each object once. */
    private static void commit(Inventory inventory, List<Change> changes) {
        TreeSet<String> seen = new TreeSet<>();
        inventory.commit(new ChangeSet(
                inventory.head().ref().revision(),
                changes.stream()
                        .filter(change ->
                                seen.add(change.kind().name() + change.id().value()))
                        .toList()));
    }

    private static Change change(int vms, int hosts, RandomGenerator random) {
        VmId vm = new VmId("vm-" + random.nextInt(vms));
        HostId host = new HostId("h" + random.nextInt(hosts));
        return switch (random.nextInt(16)) {
            case 0 -> new Change.Removed(SiteKinds.VM, vm);
            case 1 -> new Change.Removed(SiteKinds.VM_OBSERVED, vm);
            case 2, 3 ->
                new Change.Put<>(
                        SiteKinds.HOST_OBSERVED,
                        host,
                        new ObservedHost(
                                host, random.nextInt(4) == 0 ? HostState.DOWN : HostState.UP, 64_000, SIZE, true));
            case 4 ->
                random.nextInt(4) == 0 ? new Change.Removed(SiteKinds.HOST, host) : host(random.nextInt(hosts), random);
            case 5 -> {
                RackId rack = new RackId("r" + random.nextInt(4));
                yield new Change.Put<>(SiteKinds.RACK, rack, new Rack(rack, new ZoneId("z" + random.nextInt(2))));
            }
            case 6, 7 -> rule(random);
            case 8 -> new Change.Removed(PlacementRule.KIND, new RuleId("rule-" + random.nextInt(6)));
            case 9, 10, 11 ->
                new Change.Put<>(SiteKinds.VM_OBSERVED, vm, new ObservedVm(vm, 1, SIZE, PowerState.RUNNING, host));
            default -> {
                @Nullable HostId wanted = random.nextInt(8) == 0 ? null : host;
                yield new Change.Put<>(
                        SiteKinds.VM,
                        vm,
                        new Vm(
                                vm,
                                1,
                                SIZE,
                                random.nextInt(8) == 0 ? Labels.NONE : Labels.of("app", "a" + random.nextInt(2)),
                                PowerState.RUNNING,
                                wanted));
            }
        };
    }

    private static Change host(int number, RandomGenerator random) {
        HostId id = new HostId("h" + number);
        return new Change.Put<>(
                SiteKinds.HOST,
                id,
                new Host(id, new RackId("r" + random.nextInt(4)), new ClusterId("c"), Labels.NONE, false));
    }

    private static Change rule(RandomGenerator random) {
        RuleId id = new RuleId("rule-" + random.nextInt(6));
        Domain domain = List.of(Domain.values()).get(random.nextInt(Domain.values().length));
        Demand demand = switch (random.nextInt(6)) {
            case 0 -> new Demand.Apart(domain);
            case 1 -> new Demand.AtMost(domain, 1 + random.nextInt(3));
            case 2 -> new Demand.In(domain, List.of("h1", "r1", "z1"));
            default -> new Demand.Together(domain);
        };
        return new Change.Put<>(
                PlacementRule.KIND, id, new PlacementRule(id, new Group("app", "a" + random.nextInt(2)), demand));
    }

    private static void compare(Snapshot snapshot) {
        KeptRules kept = KeptRules.of(snapshot);
        for (CompiledRule rule : RuleIndex.of(snapshot).rules()) {
            assertEquals(
                    Kept.of(rule.rule(), snapshot),
                    new Kept(kept.members(rule), kept.broken(rule)),
                    () -> rule.rule().inWords() + " at " + snapshot);
        }
    }
}
