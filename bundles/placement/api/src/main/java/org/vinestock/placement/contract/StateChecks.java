package org.vinestock.placement.contract;

import java.util.List;
import org.vinestock.machines.HostState;
import org.vinestock.machines.site.ClusterId;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.RackId;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.placement.PlacementQuestion;

/** Promises about the states of hosts and what the question leaves out. */
final class StateChecks {
    private StateChecks() {}

    static List<Promise> all() {
        return List.of(
                new Promise("never chooses a host in maintenance", (fresh, random) -> {
                    PlacementSite site = site().maintenance("z1-r1-h01", true).maintenance("z1-r1-h03", true);
                    fresh.get().expect(Trial.question(1, 1), site, "z1-r1-h02");
                }),
                new Promise("chooses a host again after its maintenance", (fresh, random) -> {
                    PlacementSite site = new PlacementSite().hosts(1, 1, 1, 8, 32);
                    Trial trial = fresh.get();
                    trial.expect(Trial.question(1, 1), site, "z1-r1-h01");
                    trial.expectRefusal(Trial.question(1, 1), site.maintenance("z1-r1-h01", true));
                    trial.expect(Trial.question(1, 1), site.maintenance("z1-r1-h01", false), "z1-r1-h01");
                }),
                new Promise("never chooses a host that is down", (fresh, random) -> {
                    PlacementSite site = site().state("z1-r1-h01", HostState.DOWN);
                    site.state("z1-r1-h03", HostState.DOWN);
                    fresh.get().expect(Trial.question(1, 1), site, "z1-r1-h02");
                }),
                new Promise("never chooses a host that has not reported yet", (fresh, random) -> {
                    PlacementSite site = new PlacementSite();
                    HostId silent = new HostId("z1-r1-h00");
                    Host row = new Host(silent, new RackId("z1-r1"), new ClusterId("main"), Labels.NONE, false);
                    site.put(SiteKinds.HOST, silent, row).hosts(1, 1, 1, 8, 32);
                    fresh.get().expect(Trial.question(1, 1), site, "z1-r1-h01");
                }),
                new Promise("never chooses a host that was removed", (fresh, random) -> {
                    PlacementSite site = site();
                    Trial trial = fresh.get();
                    trial.expect(Trial.question(1, 1), site, "z1-r1-h01", "z1-r1-h02", "z1-r1-h03");
                    site.withoutHost("z1-r1-h01").withoutHost("z1-r1-h03");
                    trial.expect(Trial.question(1, 1), site, "z1-r1-h02");
                    trial.expectRefusal(Trial.question(1, 1), site.withoutHost("z1-r1-h02"));
                }),
                new Promise("never chooses a host outside the cluster asked for", (fresh, random) -> {
                    PlacementSite site = site().host("z1-r1-h04", "z1-r1", "z1", "lab", 8, 32);
                    fresh.get().expect(in("lab"), site, "z1-r1-h04");
                    fresh.get().expect(in("main"), site.maintenance("z1-r1-h01", true), "z1-r1-h02", "z1-r1-h03");
                }),
                new Promise(
                        "refuses if no host is in the cluster asked for",
                        (fresh, random) -> fresh.get().expectRefusal(in("elsewhere"), site())),
                new Promise(
                        "never chooses a host to be avoided, or another one than was asked for", (fresh, random) -> {
                            PlacementSite site = site();
                            Trial trial = fresh.get();
                            trial.expect(avoiding("z1-r1-h01", "z1-r1-h03"), site, "z1-r1-h02");
                            trial.expect(avoiding("z1-r1-h02", "z1-r1-h03", "unheard-of"), site, "z1-r1-h01");
                            trial.expectRefusal(avoiding("z1-r1-h01", "z1-r1-h02", "z1-r1-h03"), site);
                            trial.expect(only("z1-r1-h02"), site, "z1-r1-h02");
                            trial.expect(only("z1-r1-h03", "unheard-of"), site, "z1-r1-h03");
                            trial.expectRefusal(only("unheard-of"), site);
                            trial.expect(
                                    only("z1-r1-h01", "z1-r1-h02"),
                                    site.state("z1-r1-h01", HostState.DOWN),
                                    "z1-r1-h02");
                            trial.expectRefusal(only("z1-r1-h01"), site);
                        }));
    }

    private static PlacementSite site() {
        return new PlacementSite().hosts(1, 1, 3, 8, 32);
    }

    private static PlacementQuestion in(String cluster) {
        return new PlacementQuestion(
                new VmId("new"), 1000, ByteCount.ofGib(1), Labels.NONE, new ClusterId(cluster), List.of());
    }

    private static PlacementQuestion only(String... hosts) {
        List<HostId> only = List.of(hosts).stream().map(HostId::new).toList();
        return new PlacementQuestion(new VmId("new"), 1000, ByteCount.ofGib(1), Labels.NONE, null, List.of(), only);
    }

    private static PlacementQuestion avoiding(String... hosts) {
        List<HostId> avoid = List.of(hosts).stream().map(HostId::new).toList();
        return new PlacementQuestion(new VmId("new"), 1000, ByteCount.ofGib(1), Labels.NONE, null, avoid);
    }
}
