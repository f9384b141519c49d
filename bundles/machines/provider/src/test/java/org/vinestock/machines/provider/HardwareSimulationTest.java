package org.vinestock.machines.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.vinestock.disk.Disk;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.DeviceOperations;
import org.vinestock.machines.DeviceOperations.AttachDisk;
import org.vinestock.machines.DeviceOperations.AttachNic;
import org.vinestock.machines.DeviceOperations.OneDevice;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.MachineOperations.CreateVm;
import org.vinestock.machines.MachineOperations.DeleteVm;
import org.vinestock.machines.MachineOperations.OneVm;
import org.vinestock.machines.MachineOperations.StopVm;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.machines.hardware.VmDisk;
import org.vinestock.machines.hardware.VmNic;
import org.vinestock.machines.provider.site.HandMadeHost;
import org.vinestock.machines.provider.site.TrySite;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.operation.OperationType;
import org.vinestock.testkit.Seeds;

/**
 * VMs that are built of something, on hosts some of which are played: events are lost, reports are of long ago, hosts answer
 * late or not at all, a VM is found twice, providers come and go. What must hold holds after every event, and all is well
 * once it is quiet.
 */
class HardwareSimulationTest {
    private static final int ACTIONS = 70;
    private static final int VMS = 10;

    @TestFactory
    Stream<DynamicTest> holdsWhateverHappens() {
        return Seeds.of(getClass(), 100, seed -> {
            RandomGenerator random = Seeds.random(seed, "people");
            TrySite site = new TrySite(seed);
            site.realHost("z1-r1-k01", 8, 16).realHost("z1-r1-k02", 8, 16).realHost("z1-r2-k03", 8, 16);
            site.hosts(1, 1, 2, 8, 16);
            site.disks.add("debian", "z1-r1-k01", 1, "qcow2");
            site.disks.add("iso", "z1-r1-k02", 1, "raw");
            for (int i = 0; i < 4; i++) {
                site.disks.add("data-" + i, i % 2 == 0 ? "z1-r1-k01" : "z1-r1-k02", 1, "qcow2");
            }
            for (int i = 0; i < ACTIONS; i++) {
                act(site, random);
                live(site, Duration.ofMillis(random.nextInt(3) == 0 ? random.nextInt(8_000) : random.nextInt(40)));
            }
            settle(site);
            TreeSet<String> before = new TreeSet<>(site.copies().keySet());
            site.done(MachineOperations.CREATE_VM, image(new VmId("last")));
            before.add("last");
            assertEquals(before, site.copies().keySet());
            settle(site);
            site.assertNoFailures();
        });
    }

    private static void act(TrySite site, RandomGenerator random) {
        VmId vm = new VmId("vm-" + random.nextInt(VMS));
        List<String> hosts = new ArrayList<>(site.hosts.byName.keySet());
        HandMadeHost host = site.host(hosts.get(random.nextInt(hosts.size())));
        switch (random.nextInt(22)) {
            case 0 -> host.fail();
            case 1, 2 -> host.mend();
            case 3 -> host.late(Duration.ofMillis(random.nextInt(7_000)));
            case 4 -> host.deaf(random.nextBoolean());
            case 5 -> host.stale(random.nextBoolean());
            case 6 -> host.starts = random.nextInt(3) > 0;
            case 7 -> host.plugs = random.nextInt(3) > 0;
            case 8 -> site.disks.makes = random.nextInt(3) > 0;
            case 9 -> attempt(site, MachineOperations.DELETE_VM, new DeleteVm(vm, random.nextInt(3) == 0));
            case 10 -> attempt(site, MachineOperations.STOP_VM, new StopVm(vm, random.nextBoolean()));
            case 11 -> attempt(site, MachineOperations.START_VM, new OneVm(vm));
            case 12 ->
                attempt(
                        site,
                        random.nextBoolean() ? MachineOperations.PAUSE_VM : MachineOperations.RESUME_VM,
                        new OneVm(vm));
            case 13 -> attempt(site, DeviceOperations.ATTACH_DISK, new AttachDisk(vm, data(random), null, false));
            case 14 -> attempt(site, DeviceOperations.ATTACH_NIC, new AttachNic(vm, "isolated", null, null));
            case 15 ->
                attempt(
                        site,
                        DeviceOperations.DETACH,
                        new OneDevice(vm, List.of("disk1", "net1", "net0").get(random.nextInt(3))));
            case 16 -> {
                if (random.nextInt(3) == 0) {
                    away(site, random);
                }
            }
            case 17 -> copy(site, vm, host);
            default -> attempt(site, MachineOperations.CREATE_VM, any(vm, random));
        }
    }

    private static void away(TrySite site, RandomGenerator random) {
        Duration time = Duration.ofMillis(random.nextInt(4_000));
        if (random.nextBoolean()) {
            site.remove(site.disks);
            live(site, time);
            site.add(site.disks);
        } else {
            site.remove(site.hosts);
            live(site, time);
            site.add(site.hosts);
        }
    }

    /** Somebody brings a host back from a backup: a VM that is elsewhere is there, too, switched off. */
    private static void copy(TrySite site, VmId vm, HandMadeHost host) {
        Vm row = site.wanted(vm.value()).orElse(null);
        boolean settled = row != null
                && row.host() != null
                && !row.host().equals(host.host())
                && site.seen(vm.value())
                        .filter(seen -> seen.host().equals(row.host()))
                        .isPresent();
        if (settled && !host.played && !host.guests.containsKey(vm.value())) {
            host.stray(row.spec());
        }
    }

    private static DiskId data(RandomGenerator random) {
        return new DiskId("data-" + random.nextInt(4));
    }

    private static CreateVm image(VmId vm) {
        return any(vm, 1, List.of());
    }

    private static CreateVm any(VmId vm, RandomGenerator random) {
        return any(vm, random.nextInt(6), random.nextInt(6) == 0 ? List.of(data(random)) : List.of());
    }

    private static CreateVm any(VmId vm, int sort, List<DiskId> disks) {
        return new CreateVm(
                vm,
                BigDecimal.ONE,
                ByteCount.ofGib(1),
                Labels.NONE,
                sort == 0 || sort == 1 ? new DiskId("debian") : null,
                sort == 2 ? ByteCount.ofGib(1) : null,
                disks,
                sort == 2 ? new DiskId("iso") : null,
                sort == 3 ? "/boot/vmlinuz" : null,
                null,
                null,
                null,
                null,
                null,
                sort == 1 ? "ssh-ed25519 AAAA" : null,
                null,
                null);
    }

    private static <P extends Record> void attempt(TrySite site, OperationType<P, ?> type, P parameters) {
        try {
            var unused = site.start(type, parameters);
        } catch (IllegalArgumentException | VinestockException e) {
            assertTrue(e.getMessage().length() > 10, "a refusal that says nothing");
        }
    }

    private static void live(TrySite site, Duration time) {
        Instant until = site.scheduler().instant().plus(time);
        while (site.step(until)) {
            check(site);
        }
    }

    private static void check(TrySite site) {
        Snapshot head = site.head();
        TreeMap<String, VmId> writers = new TreeMap<>();
        TreeSet<String> macs = new TreeSet<>();
        for (Vm vm : head.rows(SiteKinds.VM)) {
            @Nullable HostId host = vm.host();
            if (vm.hardware().isNone() || host == null) {
                continue;
            }
            assertFalse(site.host(host.value()).played, () -> vm.id() + " should be on " + host + ", which is played");
            for (VmDisk disk : vm.hardware().disks()) {
                head.rows(Disk.KIND)
                        .find(disk.disk())
                        .ifPresent(
                                row -> assertEquals(host, row.host(), () -> vm.id() + " is not where its disks are"));
                if (!disk.readOnly()) {
                    VmId other = writers.put(disk.disk().value(), vm.id());
                    assertEquals(null, other, () -> disk.disk() + " has two who write to it");
                }
            }
            for (VmNic nic : vm.hardware().nics()) {
                assertTrue(macs.add(nic.mac()), () -> nic.mac() + " is there twice");
            }
        }
        TreeMap<String, String> running = new TreeMap<>();
        site.hosts.byName.forEach((name, host) -> host.guests.forEach((vm, guest) -> {
            if (guest.power == PowerState.STOPPED || !host.hasPower()) {
                return;
            }
            assertTrue(!host.played || guest.hardware.isNone(), () -> vm + " runs on " + name + ", which is played");
            String other = running.put(vm, name);
            assertEquals(null, other, () -> vm + " runs twice");
            for (VmDisk disk : guest.hardware.disks()) {
                assertTrue(host.serves.test(disk.disk()), () -> vm + " runs and nobody serves " + disk.disk());
            }
        }));
    }

    /** A copy of a VM that was deleted before the host had power again is nobody's: people decide. */
    private static void deleteStrays(TrySite site) {
        List<VmId> strays = new ArrayList<>();
        do { // each copy is one
            strays.clear();
            for (ObservedVm seen : site.head().rows(SiteKinds.VM_OBSERVED)) {
                if (site.wanted(seen.id().value()).isEmpty()) {
                    assertEquals(PowerState.STOPPED, seen.power(), () -> seen.id() + " runs, and nobody wants it");
                    strays.add(seen.id());
                }
            }
            strays.forEach(stray -> site.done(MachineOperations.DELETE_VM, new DeleteVm(stray)));
            site.run(Duration.ofSeconds(20));
        } while (!strays.isEmpty());
    }

    /** All is repaired and nobody asks for anything: then what should be is what is. */
    private static void settle(TrySite site) {
        site.hosts.byName.values().forEach(HandMadeHost::mend);
        site.disks.makes = true;
        live(site, Duration.ofMinutes(30));
        assertEquals(0, site.tasks().count(), "tasks that go on");
        deleteStrays(site);
        TreeSet<String> served = new TreeSet<>();
        for (Vm vm : site.head().rows(SiteKinds.VM)) {
            String name = vm.id().value();
            HandMadeHost.Guest guest =
                    site.host(String.valueOf(vm.host())).guests.get(name);
            assertEquals(1, site.copies().getOrDefault(name, List.of()).size(), () -> name + " is there once");
            assertEquals(vm.hardware(), guest.hardware, name);
            assertEquals(
                    vm.power() == PowerState.STOPPED,
                    guest.power == PowerState.STOPPED,
                    () -> name + " is " + guest.power + " and should be " + vm.power());
            ObservedVm seen = site.seen(name).orElseThrow();
            assertEquals(vm.host() + " " + guest.power, seen.host() + " " + seen.power(), name);
            for (VmDisk disk : vm.hardware().disks()) {
                assertTrue(site.disks.row(disk.disk()).isPresent(), () -> name + " has lost " + disk.disk());
                served.add(disk.disk().value());
            }
        }
        site.copies()
                .forEach((vm, copies) ->
                        assertTrue(site.wanted(vm).isPresent(), () -> vm + " is left over on " + copies));
        TreeSet<String> really = new TreeSet<>(site.disks.served);
        really.remove("iso"); // who was the last one to have it is the area of disks' to know
        served.remove("iso");
        assertEquals(served, really, "what is served is what VMs have");
        for (Disk disk : site.head().rows(Disk.KIND)) {
            VmId whose = disk.madeFor();
            assertTrue(
                    whose == null || site.wanted(whose.value()).isPresent(),
                    () -> disk.id() + " was made for " + whose + ", which is gone");
        }
    }
}
