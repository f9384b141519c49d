package org.vinestock.machines.provider.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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
import org.vinestock.machines.provider.fleet.HostStates;
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
import org.vinestock.store.memory.MemoryInventories;
import org.vinestock.testkit.Seeds;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;

/** Whatever changes, and whatever is asked for, a page shows what a look at every VM finds. */
class VmListViewTest {
    private static final ByteCount SIZE = ByteCount.ofGib(1);

    @TestFactory
    Stream<DynamicTest> showsWhatLookingAtEveryVmFinds() {
        return Seeds.of(getClass(), 60, seed -> {
            RandomGenerator random = Seeds.random(seed, "site");
            int vms = 1 + random.nextInt(random.nextBoolean() ? 10 : 600);
            Inventory inventory = site(seed, vms, random);
            for (int step = 0; step < 30; step++) {
                List<Change> changes = new ArrayList<>();
                for (int i = random.nextInt(random.nextInt(4) == 0 ? 200 : 4); i >= 0; i--) {
                    changes.add(change(vms, random));
                }
                inventory.commit(new ChangeSet(inventory.head().ref().revision(), distinct(changes)));
                for (int i = 0; i < 4; i++) {
                    compare(filter(random), inventory.head(), vms, random);
                }
            }
        });
    }

    private static Inventory site(long seed, int vms, RandomGenerator random) {
        Inventory inventory =
                new MemoryInventories().memory(new SimulatedScheduler(seed, Instant.EPOCH, (lane, thrown) -> {}));
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            HostId id = new HostId("h" + i);
            changes.add(new Change.Put<>(
                    SiteKinds.HOST,
                    id,
                    new Host(id, new RackId("r"), new ClusterId("c"), Labels.NONE, random.nextBoolean())));
        }
        for (int i = 0; i < vms; i++) {
            changes.add(vm("vm-" + i, random));
        }
        inventory.commit(new ChangeSet(0, changes));
        return inventory;
    }

    /** A change set has each object once. */
    private static List<Change> distinct(List<Change> changes) {
        TreeSet<String> seen = new TreeSet<>();
        return changes.stream()
                .filter(change -> seen.add(change.kind().name() + change.id().value()))
                .toList();
    }

    private static Change change(int vms, RandomGenerator random) {
        String name = "vm-" + random.nextInt(vms + vms / 4 + 1);
        HostId host = new HostId("h" + random.nextInt(5));
        return switch (random.nextInt(9)) {
            case 8 -> {
                RackId rack = new RackId("r");
                yield random.nextBoolean()
                        ? new Change.Put<>(SiteKinds.RACK, rack, new Rack(rack, new ZoneId("z" + random.nextInt(2))))
                        : new Change.Put<>(
                                SiteKinds.HOST,
                                host,
                                new Host(
                                        host,
                                        rack,
                                        new ClusterId("c" + random.nextInt(2)),
                                        Labels.NONE,
                                        random.nextBoolean()));
            }
            case 0 -> new Change.Removed(SiteKinds.VM, new VmId(name));
            case 1 -> new Change.Removed(SiteKinds.VM_OBSERVED, new VmId(name));
            case 2 ->
                new Change.Put<>(
                        SiteKinds.HOST_OBSERVED,
                        host,
                        new ObservedHost(
                                host, random.nextBoolean() ? HostState.DOWN : HostState.UP, 64_000, SIZE, true));
            case 3, 4 ->
                new Change.Put<>(
                        SiteKinds.VM_OBSERVED,
                        new VmId(name),
                        new ObservedVm(
                                new VmId(name),
                                1,
                                SIZE,
                                random.nextBoolean() ? PowerState.RUNNING : PowerState.STOPPED,
                                host));
            default -> vm(name, random);
        };
    }

    private static Change vm(String name, RandomGenerator random) {
        @Nullable HostId host = random.nextInt(6) == 0 ? null : new HostId("h" + random.nextInt(5));
        return new Change.Put<>(
                SiteKinds.VM,
                new VmId(name),
                new Vm(new VmId(name), 1, SIZE, labels(random), PowerState.RUNNING, host));
    }

    private static Labels labels(RandomGenerator random) {
        SortedMap<String, String> labels = new TreeMap<>();
        for (String key : List.of("app", "tier", "ten")) {
            if (random.nextBoolean()) {
                labels.put(key, List.of("", "a", "ab", "b").get(random.nextInt(4)));
            }
        }
        return new Labels(labels);
    }

    private static VmListView.Filter filter(RandomGenerator random) {
        List<VmState> states = List.of(VmState.values());
        return new VmListView.Filter(
                random.nextInt(4) == 0 ? new HostId("h" + random.nextInt(5)) : null,
                random.nextBoolean() ? labels(random) : Labels.NONE,
                random.nextBoolean() ? states.get(random.nextInt(states.size())) : null);
    }

    private static void compare(VmListView.Filter filter, Snapshot snapshot, int vms, RandomGenerator random) {
        String after = random.nextBoolean() ? "" : "vm-" + random.nextInt(vms);
        int limit = 1 + random.nextInt(50);
        Page<VmListView.Row> page = new VmListView()
                .read(filter, snapshot, new PageRequest(after, limit))
                .toCompletableFuture()
                .getNow(null);
        List<String> expected = expected(filter, snapshot, after);
        List<String> some = expected.subList(0, Math.min(limit, expected.size()));
        assertEquals(
                some, page.rows().stream().map(row -> row.id().value()).toList(), () -> filter + " after " + after);
        for (VmListView.Row row : page.rows()) {
            VmSight vm = VmSight.of(row.id(), snapshot).orElseThrow();
            Place place = Place.of(vm.host(), snapshot);
            assertEquals(place.zone() + " " + place.cluster(), row.zone() + " " + row.cluster());
            assertEquals(vm.state(host -> HostStates.isDown(host, snapshot)), row.state());
        }
        assertEquals(
                some.size() < expected.size() ? some.get(some.size() - 1) : null,
                page.next(),
                () -> filter + " after " + after);
    }

    private static List<String> expected(VmListView.Filter filter, Snapshot snapshot, String after) {
        TreeSet<String> names = new TreeSet<>();
        snapshot.rows(SiteKinds.VM).forEach(vm -> names.add(vm.id().value()));
        snapshot.rows(SiteKinds.VM_OBSERVED).forEach(vm -> names.add(vm.id().value()));
        List<String> found = new ArrayList<>();
        for (String name : names.tailSet(after, false)) {
            VmSight vm = VmSight.of(new VmId(name), snapshot).orElseThrow();
            boolean labelled = filter.label().values().entrySet().stream()
                    .allMatch(label -> vm.labels().has(label.getKey(), label.getValue()));
            boolean there = filter.host() == null
                    || (vm.wanted() != null && filter.host().equals(vm.wanted().host()))
                    || (vm.seen() != null && filter.host().equals(vm.seen().host()));
            boolean is =
                    filter.state() == null || vm.state(host -> HostStates.isDown(host, snapshot)) == filter.state();
            if (labelled && there && is) {
                found.add(name);
            }
        }
        return found;
    }
}
