package org.vinestock.machines.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.MachineOperations.DeleteVm;
import org.vinestock.machines.MachineOperations.HostMaintenance;
import org.vinestock.machines.MachineOperations.OneVm;
import org.vinestock.machines.MachineOperations.StopVm;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.provider.site.HandMadeHost;
import org.vinestock.machines.provider.site.TrySite;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.operation.OperationType;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.contract.NaiveRules;
import org.vinestock.placement.rule.Demand;
import org.vinestock.placement.rule.Domain;
import org.vinestock.testkit.Seeds;

/** People and failures do as they like; what must hold holds after every event, and all is well once it is quiet. */
class MachinesSimulationTest {
    private static final int ACTIONS = 60;
    private static final int VMS = 12;

    @TestFactory
    Stream<DynamicTest> holdsWhateverHappens() {
        return Seeds.of(getClass(), 100, seed -> {
            RandomGenerator random = Seeds.random(seed, "people");
            TrySite site = new TrySite(seed);
            site.rule("web-apart", "app=web", new Demand.Apart(Domain.HOST));
            site.rule("web-few", "app=web", new Demand.AtMost(Domain.RACK, 2));
            site.rule("db-in", "app=db", new Demand.In(Domain.ZONE, List.of("z1")));
            site.hosts(2, 2, 2, 4, 8);
            for (int i = 0; i < ACTIONS; i++) {
                act(site, random);
                live(site, Duration.ofMillis(random.nextInt(3) == 0 ? random.nextInt(5_000) : random.nextInt(40)));
            }
            settle(site);
            site.assertNoFailures();
        });
    }

    private static void act(TrySite site, RandomGenerator random) {
        String vm = "vm-" + random.nextInt(VMS);
        List<String> hosts = new ArrayList<>(site.hosts.byName.keySet());
        HandMadeHost host = site.host(hosts.get(random.nextInt(hosts.size())));
        switch (random.nextInt(12)) {
            case 0, 1 -> site.host(host.host().value()).fail();
            case 2, 3 -> host.heal();
            case 4 -> host.starts = random.nextInt(3) > 0;
            case 5 ->
                attempt(
                        site,
                        MachineOperations.HOST_MAINTENANCE,
                        new HostMaintenance(host.host(), random.nextInt(3) == 0));
            case 6 -> attempt(site, MachineOperations.DELETE_VM, new DeleteVm(new VmId(vm)));
            case 7 -> {
                if (random.nextBoolean()) {
                    attempt(site, MachineOperations.STOP_VM, new StopVm(new VmId(vm), random.nextBoolean()));
                } else {
                    attempt(site, MachineOperations.START_VM, new OneVm(new VmId(vm)));
                }
            }
            case 8 -> {
                if (random.nextInt(4) == 0) {
                    site.remove(site.hosts);
                    live(site, Duration.ofMillis(random.nextInt(3_000)));
                    site.add(site.hosts);
                }
            }
            default ->
                attempt(
                        site,
                        MachineOperations.CREATE_VM,
                        TrySite.vm(vm, 1 + random.nextInt(2), 1 + random.nextInt(2), anyLabels(random)));
        }
    }

    private static Labels anyLabels(RandomGenerator random) {
        return switch (random.nextInt(3)) {
            case 0 -> TrySite.WEB;
            case 1 -> Labels.of("app", "db");
            default -> Labels.NONE;
        };
    }

    private static <P extends Record> void attempt(TrySite site, OperationType<P, ?> type, P parameters) {
        try {
            var unused = site.start(type, parameters);
        } catch (IllegalArgumentException | VinestockException e) {
            assertTrue(e.getMessage().length() > 10, "a refusal that says nothing");
        }
    }

    /** Lets time pass, event by event. */
    private static void live(TrySite site, Duration time) {
        Instant until = site.scheduler().instant().plus(time);
        while (site.step(until)) {
            check(site);
        }
    }

    private static void check(TrySite site) {
        Snapshot head = site.head();
        Hosts hosts = head.hosts();
        for (int row = 0; row < hosts.end(); row++) {
            assertTrue(hosts.freeMillicores(row) >= 0 && hosts.freeMemory(row) >= 0, hosts.id(row) + " is too full");
        }
        site.copies()
                .forEach((vm, copies) -> assertTrue(
                        copies.stream()
                                        .filter(copy -> copy.endsWith(PowerState.RUNNING.name()))
                                        .count()
                                <= 1,
                        () -> vm + " runs twice: " + copies));
        for (Vm vm : head.rows(SiteKinds.VM)) {
            HostId host = vm.host();
            if (host != null) {
                PlacementQuestion question = new PlacementQuestion(vm.id(), vm.millicores(), vm.size(), vm.labels());
                List<String> wrong = new ArrayList<>(NaiveRules.wrong(question, host, head));
                wrong.removeAll(List.of("down", "maintenance"));
                assertEquals(List.of(), wrong, () -> vm.id() + " on " + host);
            }
        }
    }

    /** All is repaired and nobody asks for anything: then what should be is what is. */
    private static void settle(TrySite site) {
        site.hosts.byName.values().forEach(host -> {
            host.starts = true;
            host.heal();
        });
        live(site, Duration.ofMinutes(30));
        site.copies().forEach((vm, copies) -> {
            Vm wanted = site.wanted(vm).orElseThrow(() -> new AssertionError(vm + " is left over on " + copies));
            assertEquals(List.of(wanted.host() + " " + wanted.power()), copies, vm);
        });
        for (Vm vm : site.head().rows(SiteKinds.VM)) {
            assertEquals(
                    List.of(vm.host() + " " + vm.power()),
                    site.copies().get(vm.id().value()),
                    () -> vm.id() + " is wanted");
            assertEquals(vm.host(), site.seen(vm.id().value()).orElseThrow().host());
            assertEquals(vm.power(), site.seen(vm.id().value()).orElseThrow().power());
        }
        assertEquals(
                site.copies().size(), site.head().rows(SiteKinds.VM_OBSERVED).size());
    }
}
