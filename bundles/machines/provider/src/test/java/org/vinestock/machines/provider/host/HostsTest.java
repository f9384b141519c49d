package org.vinestock.machines.provider.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.machines.HostFacts;
import org.vinestock.machines.HostState;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.MachineOperations.AddHost;
import org.vinestock.machines.MachineOperations.OneHost;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.hardware.Hardware;
import org.vinestock.machines.provider.site.HandMadeHost;
import org.vinestock.machines.provider.site.TrySite;
import org.vinestock.machines.provider.step.PlaceStep;
import org.vinestock.machines.provider.step.PowerStep;
import org.vinestock.machines.provider.view.HostInfoView;
import org.vinestock.machines.site.ClusterId;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.ObservedHost;
import org.vinestock.machines.site.RackId;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.machines.site.ZoneId;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.placement.PlacementQuestion;

class HostsTest {
    private static final HostId KVM = new HostId("kvm-1");
    private static final HostFacts FACTS =
            new HostFacts("QEMU 7.2", "tcg", "there is no /dev/kvm", "a cpu", List.of("Console", "HotPlug"));

    private final TrySite site = new TrySite(9);

    @AfterEach
    void nothingWasThrown() {
        site.assertNoFailures();
    }

    private Optional<Host> row(HostId id) {
        return site.head().rows(SiteKinds.HOST).find(id);
    }

    private static AddHost add(String name, String zone, String rack) {
        return new AddHost(
                new HostId(name), new ZoneId(zone), new RackId(rack), new ClusterId("local"), Labels.of("disk", "ssd"));
    }

    private String refusal(String name) {
        return site.failed(MachineOperations.REMOVE_HOST, new OneHost(new HostId(name)))
                .getMessage();
    }

    @Test
    void aRealHostThatNobodyPlacedGetsAPlace() {
        HandMadeHost host = site.strangeHost("kvm-1", 4, 8);

        assertEquals(
                Optional.of(new Host(KVM, new RackId("local"), new ClusterId("local"), Labels.NONE, false)), row(KVM));
        assertEquals(1, site.head().rows(SiteKinds.SITE).size());
        assertEquals(1, site.head().rows(SiteKinds.ZONE).size());
        site.created("vm-1");
        assertEquals("kvm-1", site.place("vm-1"));
        host.load(0.5);
        site.restartMachines();
        assertEquals(1, site.head().rows(SiteKinds.HOST).size());
    }

    @Test
    void aPlayedHostGetsNone() {
        HandMadeHost host = site.strangeHost("kvm-1", 4, 8);
        site.hosts.hide("kvm-1");
        site.run(Duration.ofSeconds(1));
        site.done(MachineOperations.REMOVE_HOST, new OneHost(KVM));
        host.played = true;
        site.hosts.byName.put("kvm-1", host);
        site.restartMachines();
        assertEquals(Optional.empty(), row(KVM));
    }

    @Test
    void peopleSayWhereAHostStands() {
        assertEquals(
                "stands in r1 of z1; it takes VMs once its provider reports it",
                site.done(MachineOperations.ADD_HOST, add("kvm-1", "z1", "r1")).now());
        Host placed = new Host(KVM, new RackId("r1"), new ClusterId("local"), Labels.of("disk", "ssd"), false);
        assertEquals(Optional.of(placed), row(KVM));
        assertEquals(
                "id: host \"kvm-1\" is there already; accepted: another name",
                site.failed(MachineOperations.ADD_HOST, add("kvm-1", "z1", "r1"))
                        .getMessage());
        assertEquals(
                "zone: rack \"r1\" is in zone z1, not in z2; accepted: z1, or another rack",
                site.failed(MachineOperations.ADD_HOST, add("kvm-2", "z2", "r1"))
                        .getMessage());

        site.strangeHost("kvm-1", 4, 8);
        assertEquals(Optional.of(placed), row(KVM), "what people said stays");
    }

    @Test
    void aHostGoesOnceNothingIsOnIt() {
        site.strangeHost("kvm-1", 4, 8);
        site.created("vm-1");
        site.disks.add("data-1", "kvm-1", 1, "qcow2");
        assertEquals(
                "id: kvm-1 is run by a provider; accepted: a host that none runs any more, see area:list",
                refusal("kvm-1"));
        site.done(MachineOperations.DELETE_VM, "vm-1");
        site.hosts.hide("kvm-1");
        site.put(
                SiteKinds.VM,
                new VmId("lost"),
                new Vm(new VmId("lost"), 1, ByteCount.ofGib(1), Labels.NONE, PowerState.STOPPED, KVM));
        assertEquals(
                "id: VMs are, or should be, on kvm-1: lost; accepted: a host on which nothing is", refusal("kvm-1"));
        site.done(MachineOperations.DELETE_VM, "lost");
        assertEquals("id: disks are on kvm-1: data-1; accepted: a host on which nothing is", refusal("kvm-1"));
        site.disks.forget("data-1");

        site.done(MachineOperations.REMOVE_HOST, new OneHost(KVM));
        assertEquals(Optional.empty(), row(KVM));
        assertEquals(Optional.empty(), site.head().rows(SiteKinds.HOST_OBSERVED).find(KVM));
    }

    @Test
    void whatAHostIsMadeOfIsWrittenWhenItChanges() {
        HandMadeHost host = site.strangeHost("kvm-1", 4, 8);
        host.facts = FACTS;
        host.load(0.1);
        site.run(Duration.ofSeconds(1));
        long revision = site.head().ref().revision();
        host.load(0.4);
        site.run(Duration.ofSeconds(30));

        assertEquals(revision, site.head().ref().revision(), "one change, and no more");
        assertEquals(
                FACTS,
                site.head()
                        .rows(SiteKinds.HOST_OBSERVED)
                        .find(KVM)
                        .orElseThrow()
                        .facts());
        HostInfoView.Row row =
                site.read(new HostInfoView(), new HostInfoView.Which(KVM)).get(0);
        assertEquals("QEMU 7.2", row.hypervisor());
        assertEquals("tcg: there is no /dev/kvm", row.accelerator());
        assertEquals(List.of("Console", "HotPlug"), row.offers());
        host.fail();
        site.run(Duration.ofSeconds(5));
        ObservedHost down = site.head().rows(SiteKinds.HOST_OBSERVED).find(KVM).orElseThrow();
        assertEquals(HostState.DOWN, down.state());
        assertEquals(FACTS, down.facts(), "it keeps what it last said");
    }

    @Test
    void rowsOfFormerVersionsAreRead() {
        JsonCodec codec = new JsonCodec();
        Vm vm = codec.read(
                "{\"id\":\"vm-1\",\"millicores\":1000,\"size\":\"1GiB\",\"labels\":{\"app\":\"web\"},"
                        + "\"power\":\"RUNNING\",\"host\":\"kvm-1\"}",
                Vm.class);
        assertEquals(
                new Vm(new VmId("vm-1"), 1_000, ByteCount.ofGib(1), Labels.of("app", "web"), PowerState.RUNNING, KVM),
                vm);
        assertEquals(Hardware.NONE, vm.hardware());
        ObservedHost host = codec.read(
                "{\"id\":\"kvm-1\",\"state\":\"UP\",\"millicores\":4000,\"size\":\"1GiB\",\"simulated\":true}",
                ObservedHost.class);
        assertEquals(HostFacts.NONE, host.facts());
        assertEquals(vm, codec.read(codec.write(vm), Vm.class));
        assertEquals(host, codec.read(codec.write(host), ObservedHost.class));
    }

    @Test
    void stepsAndQuestionsOfFormerVersionsAreRead() {
        JsonCodec codec = new JsonCodec();
        PowerStep.Arguments power =
                codec.read("{\"vm\":\"vm-1\",\"to\":\"STOPPED\",\"from\":\"RUNNING\"}", PowerStep.Arguments.class);
        assertEquals(new PowerStep.Arguments(new VmId("vm-1"), PowerState.STOPPED, PowerState.RUNNING, true), power);
        PlaceStep.Arguments place = codec.read(
                "{\"vm\":{\"id\":\"vm-1\",\"millicores\":1,\"size\":\"1GiB\",\"labels\":{},\"power\":\"RUNNING\","
                        + "\"host\":null},\"existed\":true}",
                PlaceStep.Arguments.class);
        assertEquals(List.of(), place.only());
        PlacementQuestion question = codec.read(
                "{\"vm\":\"vm-1\",\"millicores\":1,\"memory\":\"1GiB\",\"labels\":{},\"cluster\":null,\"avoid\":[]}",
                PlacementQuestion.class);
        assertEquals(new PlacementQuestion(new VmId("vm-1"), 1, ByteCount.ofGib(1), Labels.NONE), question);
    }
}
