package org.vinestock.machines.provider.fleet;

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
import org.vinestock.machines.PowerState;
import org.vinestock.machines.site.ClusterId;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.HostVms;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.RackId;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.store.memory.MemoryInventories;
import org.vinestock.testkit.Seeds;

/** Whatever changes, the VMs of each host are those that a look at all VMs finds. */
class HostVmsTest {
    private static final ByteCount SIZE = ByteCount.ofGib(1);

    @TestFactory
    Stream<DynamicTest> areThoseThatShouldBeThereOrAre() {
        return Seeds.of(getClass(), 100, seed -> {
            RandomGenerator random = Seeds.random(seed, "site");
            Inventory inventory =
                    new MemoryInventories().memory(new SimulatedScheduler(seed, Instant.EPOCH, (lane, thrown) -> {}));
            int hosts = 1 + random.nextInt(200);
            for (int step = 0; step < 40; step++) {
                for (int i = random.nextInt(5); i >= 0; i--) {
                    inventory.commit(new ChangeSet(inventory.head().ref().revision(), List.of(change(hosts, random))));
                }
                compare(inventory.head());
            }
        });
    }

    private static Change change(int hosts, RandomGenerator random) {
        VmId vm = new VmId("vm-" + random.nextInt(30));
        @Nullable HostId host = random.nextInt(6) == 0 ? null : new HostId("h" + random.nextInt(hosts));
        return switch (random.nextInt(6)) {
            case 0 -> new Change.Removed(SiteKinds.VM, vm);
            case 1 -> new Change.Removed(SiteKinds.VM_OBSERVED, vm);
            case 2 -> {
                HostId id = host == null ? new HostId("h0") : host;
                yield new Change.Put<>(
                        SiteKinds.HOST,
                        id,
                        new Host(id, new RackId("r"), new ClusterId("c"), Labels.NONE, random.nextBoolean()));
            }
            case 3, 4 ->
                host == null
                        ? new Change.Removed(SiteKinds.VM_OBSERVED, vm)
                        : new Change.Put<>(
                                SiteKinds.VM_OBSERVED, vm, new ObservedVm(vm, 1, SIZE, PowerState.RUNNING, host));
            default -> new Change.Put<>(SiteKinds.VM, vm, new Vm(vm, 1, SIZE, Labels.NONE, PowerState.RUNNING, host));
        };
    }

    private static void compare(Snapshot snapshot) {
        HostVms vms = HostVms.of(snapshot);
        for (int row = 0; row < snapshot.hosts().end(); row++) {
            HostId host = snapshot.hosts().id(row);
            TreeSet<String> names = new TreeSet<>();
            for (Vm vm : snapshot.rows(SiteKinds.VM)) {
                if (host.equals(vm.host())) {
                    names.add(vm.id().value());
                }
            }
            for (ObservedVm vm : snapshot.rows(SiteKinds.VM_OBSERVED)) {
                if (host.equals(vm.host())) {
                    names.add(vm.id().value());
                }
            }
            List<String> found = new ArrayList<>();
            vms.on(row).forEach(vm -> found.add(vm.value()));
            assertEquals(List.copyOf(names), found, host::value);
            assertEquals(names.size(), vms.count(row));
        }
        assertEquals(0, vms.count(snapshot.hosts().end()));
        assertEquals(0, vms.count(-1));
    }
}
