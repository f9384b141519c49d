package org.vinestock.machines.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.MachineOperations.DeleteVm;
import org.vinestock.machines.MachineOperations.HostMaintenance;
import org.vinestock.machines.MachineOperations.StopVm;
import org.vinestock.machines.MachineOperations.VmChanged;
import org.vinestock.machines.MachineOperations.VmCreated;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.VmSpec;
import org.vinestock.machines.provider.fleet.Leftover;
import org.vinestock.machines.provider.site.TrySite;
import org.vinestock.machines.provider.view.VmListView;
import org.vinestock.machines.provider.view.VmState;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.placement.PlacementOutcome;
import org.vinestock.placement.rule.Demand;
import org.vinestock.placement.rule.Domain;

class MachinesTest {
    private static final Duration A_WHILE = Duration.ofSeconds(20);

    private final TrySite site = new TrySite(7);

    @AfterEach
    void nothingWasThrown() {
        site.assertNoFailures();
    }

    @Test
    void createsAVmWhereItIsPlaced() {
        site.hosts(1, 1, 2, 8, 32);

        VmCreated created = site.done(MachineOperations.CREATE_VM, TrySite.vm("web-1", 2, 4, TrySite.WEB));

        HostId host = new HostId("z1-r1-h02");
        VmId vm = new VmId("web-1");
        assertEquals(new VmCreated(vm, host), created);
        assertEquals(
                Optional.of(new Vm(vm, 2_000, ByteCount.ofGib(4), TrySite.WEB, PowerState.RUNNING, host)),
                site.wanted("web-1"));
        assertEquals(
                Optional.of(new ObservedVm(vm, 2_000, ByteCount.ofGib(4), PowerState.RUNNING, host)),
                site.seen("web-1"));
        int row = site.head().hosts().row(host);
        assertEquals(6_000, site.head().hosts().freeMillicores(row));
        assertEquals(Map.of("web-1", List.of("z1-r1-h02 RUNNING")), site.copies());
    }

    @Test
    void makesUpANameIfNoneIsGiven() {
        site.hosts(1, 1, 1, 8, 32).created("vm-1");

        VmCreated created = site.done(
                MachineOperations.CREATE_VM,
                new MachineOperations.CreateVm(null, BigDecimal.ONE, ByteCount.ofGib(1), Labels.NONE));

        assertTrue(created.id().value().startsWith("vm-"), created.toString());
        assertTrue(!created.id().value().equals("vm-1"), "it took a name that was there");
    }

    @Test
    void tellsTheOutcomeOfAPlacement() {
        site.hosts(1, 1, 1, 8, 32).created("vm-1");
        site.host("z1-r1-h01").starts = false;
        site.failed(MachineOperations.CREATE_VM, TrySite.vm("vm-2", 1, 1, Labels.NONE));
        site.run(A_WHILE);

        HostId host = new HostId("z1-r1-h01");
        assertEquals(
                List.of(
                        new PlacementOutcome(host, PlacementOutcome.Result.RUNNING, ""),
                        new PlacementOutcome(host, PlacementOutcome.Result.FAILED, "z1-r1-h01 cannot start vm-2")),
                site.placing.outcomes.stream().map(outcome -> outcome.value()).toList());
    }

    @Test
    void takesBackAllOfACreateThatFails() {
        site.hosts(1, 1, 1, 8, 32);
        site.host("z1-r1-h01").starts = false;

        RuntimeException failure = site.failed(MachineOperations.CREATE_VM, TrySite.vm("vm-1", 1, 1, Labels.NONE));

        assertEquals("z1-r1-h01 cannot start vm-1", failure.getMessage());
        assertEquals(Optional.empty(), site.wanted("vm-1"));
        assertEquals(Optional.empty(), site.seen("vm-1"));
        assertEquals(Map.of(), site.copies());
        assertEquals(8_000, site.head().hosts().freeMillicores(0));
    }

    @Test
    void refusesAVmThatIsLargerThanAnyHostWithTheNumbers() {
        site.hosts(1, 1, 2, 8, 32);

        VinestockException failure =
                (VinestockException) site.failed(MachineOperations.CREATE_VM, TrySite.vm("big", 9, 4, Labels.NONE));

        assertEquals(MachineError.NO_HOST_FITS, failure.code());
        assertEquals(
                "big with 9 cores and 4GiB is larger than any host; the largest, z1-r1-h01, has 8 cores and 32GiB",
                failure.getMessage());
        assertEquals(0, site.head().rows(SiteKinds.VM).size());
    }

    @Test
    void refusesWhatIsUnknownOrThereAlready() {
        site.hosts(1, 1, 2, 8, 32).created("vm-1");

        assertEquals(
                "id: there is no VM \"vm-9\"; accepted: one of vm:list",
                site.failed(MachineOperations.DELETE_VM, new DeleteVm(new VmId("vm-9")))
                        .getMessage());
        assertEquals(
                "host: there is no host \"h99\"; accepted: z1-r1-h01, z1-r1-h02",
                site.failed(MachineOperations.HOST_MAINTENANCE, new HostMaintenance(new HostId("h99"), true))
                        .getMessage());
        assertEquals(
                "id: VM \"vm-1\" is there already on z1-r1-h02; accepted: another name, or none to have one made up",
                site.failed(MachineOperations.CREATE_VM, TrySite.vm("vm-1", 1, 1, Labels.NONE))
                        .getMessage());
        assertEquals(
                "cores: 0.0015 is too fine; accepted: thousandths, such as 0.125",
                site.failed(MachineOperations.CREATE_VM, TrySite.vm("vm-2", 0.0015, 1, Labels.NONE))
                        .getMessage());
    }

    @Test
    void deletesAVmWithItsRows() {
        site.hosts(1, 1, 1, 8, 32).created("vm-1", "vm-2");

        assertEquals("deleted", site.done(MachineOperations.DELETE_VM, "vm-1").now());

        assertEquals(Optional.empty(), site.wanted("vm-1"));
        assertEquals(Optional.empty(), site.seen("vm-1"));
        assertEquals(Map.of("vm-2", List.of("z1-r1-h01 RUNNING")), site.copies());
        assertEquals(7_000, site.head().hosts().freeMillicores(0));
    }

    @Test
    void stopsAndStartsAVm() {
        site.hosts(1, 1, 1, 8, 32).created("vm-1");

        assertEquals(
                "stopped on z1-r1-h01",
                site.done(MachineOperations.STOP_VM, "vm-1").now());
        assertEquals(PowerState.STOPPED, site.wanted("vm-1").orElseThrow().power());
        assertEquals(PowerState.STOPPED, site.seen("vm-1").orElseThrow().power());
        assertEquals(7_000, site.head().hosts().freeMillicores(0), "a stopped VM keeps its place");

        assertEquals(
                "runs on z1-r1-h01",
                site.done(MachineOperations.START_VM, "vm-1").now());
        assertEquals(PowerState.RUNNING, site.seen("vm-1").orElseThrow().power());
    }

    @Test
    void keepsNewVmsAwayFromAHostInMaintenance() {
        site.hosts(1, 1, 2, 8, 32).created("vm-1");

        assertEquals(
                "takes no new VMs; 1 VM stays",
                site.done(MachineOperations.HOST_MAINTENANCE, new HostMaintenance(new HostId("z1-r1-h02"), true))
                        .now());
        site.created("vm-2");
        assertEquals("z1-r1-h01", site.place("vm-2"));

        site.done(MachineOperations.HOST_MAINTENANCE, new HostMaintenance(new HostId("z1-r1-h02"), false));
        site.created("vm-3");
        assertEquals("z1-r1-h02", site.place("vm-3"));
    }

    @Test
    void restartsTheVmsOfAFailedHostElsewhere() {
        site.hosts(1, 1, 3, 8, 32).created("vm-1", "vm-2").done(MachineOperations.STOP_VM, "vm-2");
        site.host("z1-r1-h03").fail();
        site.run(A_WHILE);

        assertEquals("z1-r1-h02", site.place("vm-1"));
        assertEquals("z1-r1-h03", site.place("vm-2"), "a VM that should not run stays");
        assertEquals(
                Map.of(
                        "vm-1",
                        List.of("z1-r1-h02 RUNNING", "z1-r1-h03 without power"),
                        "vm-2",
                        List.of("z1-r1-h03 without power")),
                site.copies());

        site.host("z1-r1-h03").heal();
        site.run(A_WHILE);

        assertEquals(Map.of("vm-1", List.of("z1-r1-h02 RUNNING"), "vm-2", List.of("z1-r1-h03 STOPPED")), site.copies());
        assertEquals(new HostId("z1-r1-h02"), site.seen("vm-1").orElseThrow().host());
    }

    @Test
    void startsVmsAgainOnAHostThatCameBackBeforeThereWasRoomElsewhere() {
        site.hosts(1, 1, 2, 2, 4).created("vm-1", "vm-2", "vm-3", "vm-4");
        site.host("z1-r1-h02").fail();
        site.run(A_WHILE);
        assertEquals("z1-r1-h02", site.place("vm-1"));

        site.host("z1-r1-h02").heal();
        site.run(A_WHILE);

        assertEquals(PowerState.RUNNING, site.seen("vm-1").orElseThrow().power());
        assertEquals(PowerState.RUNNING, site.seen("vm-2").orElseThrow().power());
    }

    @Test
    void restartsAVmOnceThereIsRoom() {
        site.hosts(1, 1, 2, 2, 4).created("vm-1", "vm-2", "vm-3", "vm-4");
        site.host("z1-r1-h02").fail();
        site.run(A_WHILE);
        site.done(MachineOperations.DELETE_VM, "vm-3");
        site.run(A_WHILE);

        assertEquals(
                List.of("z1-r1-h01", "z1-r1-h02"),
                List.of(site.place("vm-1"), site.place("vm-2")).stream()
                        .sorted()
                        .toList());
    }

    @Test
    void restartsVmsThatAreToBeTogetherInAnotherRack() {
        site.rule("near", "app=web", new Demand.Together(Domain.RACK));
        site.hosts(2, 1, 1, 8, 32);
        site.done(MachineOperations.CREATE_VM, TrySite.vm("web-1", 1, 1, TrySite.WEB));
        site.done(MachineOperations.CREATE_VM, TrySite.vm("web-2", 1, 1, TrySite.WEB));
        assertEquals("z2-r1-h01", site.place("web-2"));

        site.host("z2-r1-h01").fail();
        site.run(A_WHILE);

        assertEquals("z1-r1-h01", site.place("web-1"));
        assertEquals("z1-r1-h01", site.place("web-2"));
    }

    @Test
    void leavesVmsOnAHostThatMissesOneReportAndStartsThemAgain() {
        site.hosts(1, 1, 2, 8, 32).created("vm-1");
        site.host("z1-r1-h02").fail();
        site.run(Duration.ofMillis(500));
        site.host("z1-r1-h02").heal();
        site.run(A_WHILE);

        assertEquals("z1-r1-h02", site.place("vm-1"));
        assertEquals(PowerState.RUNNING, site.seen("vm-1").orElseThrow().power());
    }

    @Test
    void saysThatAHostIsDownToWhoeverActsOnItsVms() {
        site.hosts(1, 1, 1, 8, 32).created("vm-1");
        site.host("z1-r1-h01").fail();
        site.run(A_WHILE);

        assertEquals(
                "vm-1 is on z1-r1-h01, which is down; wait until it answers or vm:recover vm-1",
                site.failed(MachineOperations.STOP_VM, new StopVm(new VmId("vm-1"), true))
                        .getMessage());
    }

    @Test
    void deletesAVmWhoseHostIsDownAndRemovesItsCopyOnceTheHostIsBack() {
        site.hosts(1, 1, 1, 8, 32).created("vm-1");
        site.host("z1-r1-h01").fail();
        site.run(A_WHILE);

        assertEquals(
                "deleted; what is left on z1-r1-h01 is removed once that host answers",
                site.done(MachineOperations.DELETE_VM, "vm-1").now());
        assertEquals(Optional.empty(), site.wanted("vm-1"));
        assertEquals(Optional.empty(), site.seen("vm-1"));

        site.host("z1-r1-h01").heal();
        site.run(A_WHILE);
        assertEquals(Map.of(), site.copies());
        assertEquals(Optional.empty(), site.seen("vm-1"));
        assertEquals(0, site.head().rows(Leftover.KIND).size());
        assertEquals(8_000, site.head().hosts().freeMillicores(0));
    }

    @Test
    void deletesAVmWhoseHostLosesItsPowerMeanwhile() {
        site.hosts(1, 1, 1, 8, 32).created("vm-1");
        site.host("z1-r1-h01").fail();

        assertEquals(
                "deleted; what is left on z1-r1-h01 is removed once that host answers",
                site.done(MachineOperations.DELETE_VM, "vm-1").now());

        site.host("z1-r1-h01").heal();
        site.run(A_WHILE);
        assertEquals(Map.of(), site.copies());
    }

    @Test
    void keepsAVmOfTheSameNameThatIsMadeElsewhereMeanwhile() {
        site.hosts(1, 1, 2, 8, 32).created("vm-1");
        site.host("z1-r1-h02").fail();
        site.done(MachineOperations.DELETE_VM, "vm-1");
        site.run(A_WHILE);
        site.created("vm-1");
        site.host("z1-r1-h02").heal();
        site.run(A_WHILE);

        assertEquals(Map.of("vm-1", List.of("z1-r1-h01 RUNNING")), site.copies());
    }

    @Test
    void seesTheSecondOfTwoCopiesOnceTheFirstIsGone() {
        site.hosts(1, 1, 2, 8, 32);
        VmSpec stray = new VmSpec(new VmId("stray"), 1_000, ByteCount.ofGib(1), Labels.NONE);
        site.host("z1-r1-h01").stray(stray);
        site.run(A_WHILE);
        site.host("z1-r1-h02").stray(stray);
        site.run(A_WHILE);
        assertEquals("z1-r1-h01", site.seen("stray").orElseThrow().host().value());

        site.done(MachineOperations.DELETE_VM, "stray");
        site.run(A_WHILE);
        assertEquals("z1-r1-h02", site.seen("stray").orElseThrow().host().value());

        site.done(MachineOperations.DELETE_VM, "stray");
        assertEquals(Map.of(), site.copies());
    }

    @Test
    void showsAndDeletesAVmThatNobodyAskedFor() {
        site.hosts(1, 1, 1, 8, 32);
        site.host("z1-r1-h01").stray(new VmSpec(new VmId("stray"), 1_000, ByteCount.ofGib(1), Labels.NONE));
        site.run(A_WHILE);

        assertEquals(7_000, site.head().hosts().freeMillicores(0), "what is there takes room");
        assertEquals(
                List.of(VmState.STRAY),
                site.read(new VmListView(), new VmListView.Filter(null, Labels.NONE, null)).stream()
                        .map(VmListView.Row::state)
                        .toList());

        site.done(MachineOperations.DELETE_VM, "stray");
        assertEquals(Map.of(), site.copies());
        assertEquals(Optional.empty(), site.seen("stray"));
    }

    @Test
    void leavesRowsAsTheyAreWhileTheProviderOfHostsIsAway() {
        site.hosts(1, 1, 1, 8, 32).created("vm-1");
        site.remove(site.hosts);
        site.run(A_WHILE);

        assertEquals(PowerState.RUNNING, site.seen("vm-1").orElseThrow().power());
        CompletableFuture<VmChanged> stopped =
                site.start(MachineOperations.STOP_VM, new StopVm(new VmId("vm-1"), true));
        site.run(A_WHILE);
        assertFalse(stopped.isDone(), "it waits for whoever runs the host");

        site.add(site.hosts);
        site.run(A_WHILE);
        assertEquals("stopped on z1-r1-h01", stopped.getNow(null).now());
    }

    @Test
    void noticesWhatChangedWhileItWasAway() {
        site.hosts(1, 1, 1, 8, 32).created("vm-1", "vm-2");
        site.host("z1-r1-h01").guests.remove("vm-1");
        site.restartMachines();

        assertEquals(Optional.empty(), site.seen("vm-1"));
        assertEquals(PowerState.RUNNING, site.seen("vm-2").orElseThrow().power());
    }

    @Test
    void writesNothingAtAStartIfNothingChangedWhileItWasAway() {
        site.hosts(1, 1, 3, 8, 32).created("vm-1");
        site.run(A_WHILE);
        long revision = site.head().ref().revision();
        site.restartMachines();
        site.run(A_WHILE);

        assertEquals(revision, site.head().ref().revision());
    }

    @Test
    void samplesLoadsWithoutChangingTheRevision() {
        site.hosts(1, 1, 2, 8, 32);
        long revision = site.head().ref().revision();
        site.host("z1-r1-h01").load(0.5);
        site.host("z1-r1-h02").load(0.25);
        site.run(A_WHILE);

        assertEquals(revision, site.head().ref().revision());
        assertEquals(0.5, site.head().hosts().load(0));
        assertEquals(0.25, site.head().hosts().load(1));
    }

    @Test
    void writesNothingWhileNothingChanges() {
        site.hosts(1, 1, 2, 8, 32).created("vm-1");
        site.run(A_WHILE);
        long revision = site.head().ref().revision();
        site.host("z1-r1-h01").heal();
        site.host("z1-r1-h02").heal();
        site.run(Duration.ofHours(1));

        assertEquals(revision, site.head().ref().revision());
    }

    @Test
    void removesACopyOnceInAWhileAsLongAsItsHostSaysThatItIsThere() {
        site.hosts(1, 1, 2, 8, 32).created("vm-1");
        site.host("z1-r1-h01").stray(site.wanted("vm-1").orElseThrow().spec());
        site.host("z1-r1-h01").stale(true);
        Instant end = site.scheduler().instant().plus(A_WHILE);

        int events = 0;
        while (events < 20_000 && site.step(end)) {
            events++;
        }
        assertTrue(events < 20_000, "it goes on and on at " + site.scheduler().instant());
        long removals = site.tasks().newest(1_000).stream()
                .filter(task -> task.operation().equals("vm.remove-copy"))
                .count();
        assertTrue(removals >= 2 && removals <= 6, removals + " removals in 20 s");
        site.host("z1-r1-h01").stale(false);
        site.run(A_WHILE);
        assertEquals(Map.of("vm-1", List.of("z1-r1-h02 RUNNING")), site.copies());
    }
}
