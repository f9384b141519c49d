package org.vinestock.machines.provider.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.MachineOperations.OneVm;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.provider.site.TrySite;
import org.vinestock.machines.site.Cluster;
import org.vinestock.machines.site.ClusterId;
import org.vinestock.machines.site.Site;
import org.vinestock.machines.site.SiteId;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.machines.site.Zone;
import org.vinestock.machines.site.ZoneId;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.Violation;
import org.vinestock.model.VmId;

/** What a document may not do to a site, and how what it adds comes to run. */
class WholeSiteTest {
    private final TrySite site = new TrySite(7);

    @AfterEach
    void nothingWasThrown() {
        site.assertNoFailures();
    }

    private void wholeSite() {
        SiteId id = new SiteId("s");
        site.put(SiteKinds.SITE, id, new Site(id, "a site"));
        site.put(SiteKinds.ZONE, new ZoneId("z1"), new Zone(new ZoneId("z1"), id));
        site.put(SiteKinds.CLUSTER, new ClusterId("main"), new Cluster(new ClusterId("main"), id));
        site.hosts(1, 1, 2, 8, 32).created("vm-1");
    }

    @Test
    void findsNothingWrongWithASiteAsTasksMakeIt() {
        wholeSite();
        assertEquals(List.of(), new WholeSite().check(site.head(), site.head()));
    }

    @Test
    void findsRowsThatNameWhatIsNotThere() {
        wholeSite();
        assertEquals(
                List.of("zone z1 names site s, which is not there", "cluster main names site s, which is not there"),
                wrong(new Change.Removed(SiteKinds.SITE, new SiteId("s"))));
        assertEquals(
                List.of("vm vm-2 names host h9, which is not there"), wrong(put(vm("vm-2", "h9", PowerState.RUNNING))));
    }

    @Test
    void findsWhatOnlyTasksMayDoToAVmThatIsOnAHost() {
        wholeSite();
        String host = site.place("vm-1");
        String other = host.equals("z1-r1-h01") ? "z1-r1-h02" : "z1-r1-h01";
        assertEquals(
                List.of("vm vm-1 is on " + host + " and would be left out; remove it with vm:delete first"),
                wrong(new Change.Removed(SiteKinds.VM, new VmId("vm-1"))));
        assertEquals(
                List.of("vm vm-1 is on " + host + " and would be on " + other + "; a document moves nothing"),
                wrong(put(vm("vm-1", other, PowerState.RUNNING))));
        assertEquals(
                List.of("vm vm-1 is on " + host + " and would be STOPPED; use vm:start or vm:stop"),
                wrong(put(vm("vm-1", host, PowerState.STOPPED))));
    }

    @Test
    void makesAVmThatHasAPlaceAndIsNotThere() {
        wholeSite();
        Vm vm = vm("vm-2", "z1-r1-h02", PowerState.RUNNING);
        site.put(SiteKinds.VM, vm.id(), vm);
        RuntimeException absent = site.failed(MachineOperations.START_VM, new OneVm(vm.id()));
        assertTrue(absent.getMessage().endsWith("or make it anew with vm:make vm-2"), absent.getMessage());
        assertEquals(
                "runs on z1-r1-h02",
                site.done(MachineOperations.MAKE_VM, "vm-2").now());
        assertEquals(
                Map.of("vm-2", List.of("z1-r1-h02 RUNNING")).get("vm-2"),
                site.copies().get("vm-2"));
        RuntimeException again = site.failed(MachineOperations.MAKE_VM, new OneVm(vm.id()));
        assertEquals(
                "id: VM \"vm-2\" is on z1-r1-h02; accepted: a VM that is on no host, though it has a place",
                again.getMessage());
    }

    @Test
    void makesAllThatHaveAPlaceAndAreNotThere() {
        wholeSite();
        Snapshot before = site.head();
        assertEquals(List.of(), new WholeSite().leftToDo(before, before));
        for (int i = 2; i < 6; i++) {
            Vm vm = vm("vm-" + i, "z1-r1-h0" + (1 + i % 2), i == 5 ? PowerState.STOPPED : PowerState.RUNNING);
            site.put(SiteKinds.VM, vm.id(), vm);
        }
        Vm homeless = vm("vm-6", null, PowerState.RUNNING);
        site.put(SiteKinds.VM, homeless.id(), homeless);
        assertEquals(
                List.of("4 VMs are not on their hosts yet: vm:make-all makes them, empty"),
                new WholeSite().leftToDo(before, site.head()));
        assertEquals(
                new MachineOperations.ManyMade(4, 0),
                site.done(MachineOperations.MAKE_VMS, new MachineOperations.ManyVms(Labels.NONE)));
        assertEquals(List.of("z1-r1-h01 RUNNING"), site.copies().get("vm-2"));
        assertEquals(List.of("z1-r1-h02 STOPPED"), site.copies().get("vm-5"));
        assertEquals(
                new MachineOperations.ManyMade(0, 0),
                site.done(MachineOperations.MAKE_VMS, new MachineOperations.ManyVms(Labels.NONE)));
    }

    private static Vm vm(String name, @Nullable String host, PowerState power) {
        return new Vm(
                new VmId(name), 1_000, ByteCount.ofGib(1), Labels.NONE, power, host == null ? null : new HostId(host));
    }

    private static Change put(Vm vm) {
        return new Change.Put<>(SiteKinds.VM, vm.id(), vm);
    }

    private List<String> wrong(Change change) {
        return new WholeSite()
                .check(site.head(), site.tried(List.of(change))).stream()
                        .map(Violation::message)
                        .toList();
    }
}
