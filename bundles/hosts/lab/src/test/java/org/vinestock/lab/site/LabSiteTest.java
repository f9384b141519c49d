package org.vinestock.lab.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Inventory;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.machines.HostReport;
import org.vinestock.machines.Hypervisor;
import org.vinestock.machines.Machine;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.PowerAction;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.VmSpec;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.Lease;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.store.memory.MemoryInventories;

class LabSiteTest {
    private static final SiteShape DEMO =
            new SiteShape(2, 4, 24, 32_000, ByteCount.ofGib(128), 1, Duration.ofSeconds(5));
    private static final HostId H07 = new HostId("z1-r2-h07");
    private static final HostId H08 = new HostId("z1-r2-h08");
    private static final VmId VM = new VmId("vm-1");

    private final SimulatedScheduler scheduler = new SimulatedScheduler(1, Instant.EPOCH, (lane, thrown) -> {
        throw new AssertionError("lane " + lane, thrown);
    });
    private final Inventory inventory = new MemoryInventories().memory(scheduler);
    private final LabSite site = new LabSite(scheduler);

    private void pass(Duration time) {
        scheduler.run(scheduler.instant().plus(time), 1_000_000);
    }

    private Hypervisor host(HostId id) {
        return site.find(id).orElseThrow();
    }

    private <T> T done(CompletionStage<T> stage) {
        pass(Duration.ofSeconds(3));
        return stage.toCompletableFuture().getNow(null);
    }

    private static VinestockException refusal(CompletionStage<?> stage) {
        CompletionException failed = assertThrows(
                CompletionException.class, () -> stage.toCompletableFuture().getNow(null));
        return (VinestockException) failed.getCause();
    }

    private Machine start(HostId host, VmId vm) {
        Machine machine = done(
                host(host).create(new VmSpec(vm, 16_000, ByteCount.ofGib(4), Labels.NONE), new Lease(vm, "t-1", 1)));
        done(machine.power(PowerAction.START, new Lease(vm, "t-1", 1)));
        return machine;
    }

    private HostReport report(HostId host) {
        return host(host).report().toCompletableFuture().getNow(null);
    }

    @Test
    void laysTheDemoSiteOutInZonesAndRacks() {
        site.powerOn(DEMO, inventory.head());

        assertEquals(24, site.hosts().size());
        assertEquals(new HostId("z1-r1-h01"), site.hosts().get(0));
        assertEquals(new HostId("z2-r4-h24"), site.hosts().get(23));
        assertEquals(6, site.topology().hostsOf("z1-r2").size());
        assertEquals(12, site.topology().hostsOf("z2").size());
        assertEquals(List.of(H07), site.topology().hostsOf("z1-r2-h07"));
        String said = assertThrows(
                        IllegalArgumentException.class, () -> site.topology().hostsOf("z9"))
                .getMessage();
        assertTrue(said.contains("\"z9\"") && said.contains("accepted: such as z1-r1-h01, z1-r1 or z1"), said);
    }

    @Test
    void writesRowsThatTheInventoryTakes() {
        CompletionStage<?> commit =
                inventory.commit(new ChangeSet(0, Topology.of(DEMO).rows()));
        pass(Duration.ofSeconds(1));

        assertTrue(commit.toCompletableFuture().isDone());
        assertEquals(24, inventory.committed().rows(SiteKinds.HOST).size());
        assertEquals(4, inventory.committed().rows(SiteKinds.RACK).size());
        assertEquals(2, inventory.committed().rows(SiteKinds.ZONE).size());
    }

    @Test
    void namesSortInTheOrderOfTheirNumbersHoweverMany() {
        SiteShape shape = new SiteShape(3, 50, 2_000, 1_000, ByteCount.ofGib(1), 1, Duration.ofSeconds(5));
        List<String> numbers = Topology.of(shape).places().stream()
                .map(place -> place.host().value().replaceAll(".*-", ""))
                .toList();
        assertEquals(numbers.stream().sorted().toList(), numbers);
    }

    @Test
    void aHostWithoutPowerDoesNotAnswerAndItsVmsAreOffWhenItReturns() {
        site.powerOn(DEMO, inventory.head());
        Machine machine = start(H07, VM);
        AtomicInteger wakes = new AtomicInteger();
        host(H07).onChange(wakes::incrementAndGet);

        site.fail(List.of(H07));

        assertEquals(List.of(H07), site.failed());
        assertEquals(1, wakes.get());
        assertEquals(MachineError.HOST_UNREACHABLE, refusal(host(H07).report()).code());
        CompletionStage<?> stop = machine.power(PowerAction.STOP, new Lease(VM, "t-2", 2));
        assertEquals(MachineError.HOST_UNREACHABLE, refusal(stop).code());
        assertTrue(host(H07).find(VM).isPresent(), "a VM on a host that is down is not known to be gone");

        site.heal(List.of(H07, H08));

        assertEquals(List.of(), site.failed());
        assertEquals(2, wakes.get());
        assertEquals(PowerState.STOPPED, report(H07).machines().get(0).power());
        assertEquals(0, report(H07).load());
    }

    @Test
    void whatIsUnderWayWhenTheHostFailsFails() {
        site.powerOn(DEMO, inventory.head());
        CompletionStage<Machine> create =
                host(H07).create(new VmSpec(VM, 1_000, ByteCount.ofGib(1), Labels.NONE), new Lease(VM, "t-1", 1));

        site.fail(List.of(H07));
        pass(Duration.ofSeconds(3));

        assertEquals(MachineError.HOST_UNREACHABLE, refusal(create).code());
        site.heal(List.of(H07));
        assertEquals(List.of(), report(H07).machines());
    }

    @Test
    void aLoadMovesWithItsVmAndFollowsTime() {
        site.powerOn(DEMO, inventory.head());
        start(H07, VM);
        List<Double> loads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            pass(Duration.ofSeconds(30));
            loads.add(report(H07).load());
        }
        assertTrue(loads.stream().allMatch(load -> load > 0 && load <= 0.5), "16 of 32 cores: " + loads);
        assertTrue(loads.stream().distinct().count() > 5, "it follows time: " + loads);

        start(H08, VM);
        pass(Duration.ofSeconds(30));
        assertEquals(report(H07).load(), report(H08).load(), "the same VM has the same load anywhere");
        start(H08, new VmId("vm-2"));
        pass(Duration.ofSeconds(30));
        assertNotEquals(report(H07).load(), report(H08).load());
    }

    @Test
    void labTimeRunsAtItsSpeedAndWorkGetsShorterButNeverLonger() {
        site.powerOn(DEMO, inventory.head());
        site.clock().speed(0);
        long before = site.clock().nanos();
        pass(Duration.ofSeconds(10));
        assertEquals(before, site.clock().nanos());
        start(H07, VM);

        site.clock().speed(1000);
        pass(Duration.ofSeconds(2));
        assertEquals(before + 2_000_000_000_000L, site.clock().nanos());
        CompletionStage<Machine> create =
                host(H08).create(new VmSpec(VM, 1_000, ByteCount.ofGib(1), Labels.NONE), new Lease(VM, "t-1", 1));
        pass(Duration.ofMillis(1));
        assertTrue(create.toCompletableFuture().isDone(), "200 ms at speed 1000");

        assertThrows(IllegalArgumentException.class, () -> site.clock().speed(-1));
        assertThrows(IllegalArgumentException.class, () -> site.clock().speed(Double.NaN));
    }

    @Test
    void takesOverTheVmsThatRanBeforeItsProcess() {
        ObservedVm row = new ObservedVm(VM, 2_000, ByteCount.ofGib(4), PowerState.RUNNING, H07);
        inventory.commit(new ChangeSet(0, List.of(new Change.Put<>(SiteKinds.VM_OBSERVED, VM, row))));

        site.powerOn(DEMO, inventory.head());

        assertEquals(
                List.of(new HostReport.Found(VM, PowerState.RUNNING, 2_000, ByteCount.ofGib(4))),
                report(H07).machines());
        assertTrue(report(H07).load() > 0);
    }

    @Test
    void hasOneSiteAtATimeAndTellsWhoListens() {
        AtomicInteger wakes = new AtomicInteger();
        site.onChange(scheduler.lane("test"), wakes::incrementAndGet);
        site.powerOn(DEMO, inventory.head());
        site.powerOn(DEMO, inventory.head());
        SiteShape other = new SiteShape(1, 1, 2, 4_000, ByteCount.ofGib(8), 1, Duration.ofSeconds(5));
        assertThrows(IllegalArgumentException.class, () -> site.powerOn(other, inventory.head()));
        site.powerOff();
        assertEquals(List.of(), site.hosts());
        site.powerOn(DEMO, inventory.head());
        pass(Duration.ofMillis(1));
        assertEquals(3, wakes.get());
    }

    @Test
    void leavesNothingToDoWhenItIsClosed() {
        site.powerOn(DEMO, inventory.head());
        pass(Duration.ofSeconds(60));
        site.close();
        assertEquals(0, scheduler.run(scheduler.instant().plus(Duration.ofHours(1)), 10));
    }

    @Test
    void refusesShapesThatCannotBe() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new SiteShape(2, 1, 24, 1_000, ByteCount.ofGib(1), 1, Duration.ofSeconds(5)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new SiteShape(1, 25, 24, 1_000, ByteCount.ofGib(1), 1, Duration.ofSeconds(5)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new SiteShape(1, 1, 0, 1_000, ByteCount.ofGib(1), 1, Duration.ofSeconds(5)));
    }

    @Test
    void remembersEpochsOfVmsThatAreGoneUpToALimit() {
        site.powerOn(DEMO, inventory.head());
        for (int i = 0; i <= LabHost.EPOCHS_OF_GONE_VMS; i++) {
            VmId vm = new VmId("vm-" + i);
            Machine machine =
                    done(host(H07).create(new VmSpec(vm, 1, new ByteCount(1), Labels.NONE), new Lease(vm, "t-5", 5)));
            done(machine.delete(new Lease(vm, "t-5", 5)));
        }
        VmId last = new VmId("vm-" + LabHost.EPOCHS_OF_GONE_VMS);
        CompletionStage<Machine> stale =
                host(H07).create(new VmSpec(last, 1, new ByteCount(1), Labels.NONE), new Lease(last, "t-4", 4));
        assertEquals(MachineError.STALE_EPOCH, refusal(stale).code());
    }
}
