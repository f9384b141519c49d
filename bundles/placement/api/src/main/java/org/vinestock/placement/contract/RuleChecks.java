package org.vinestock.placement.contract;

import java.util.List;
import java.util.TreeMap;
import org.vinestock.machines.HostState;
import org.vinestock.model.Labels;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.rule.Demand;
import org.vinestock.placement.rule.Domain;

/** Promises about placement rules. The site has 2 zones of 2 racks of 2 hosts. */
final class RuleChecks {
    private static final Labels WEB = Labels.of("app", "web");

    private RuleChecks() {}

    static List<Promise> all() {
        return List.of(
                new Promise("keeps VMs apart by host", (fresh, random) -> {
                    PlacementSite site = site().rule("web-apart", "app=web", new Demand.Apart(Domain.HOST));
                    place(fresh.get(), site, 8, 8);
                }),
                new Promise("keeps VMs apart by rack", (fresh, random) -> {
                    PlacementSite site = site().rule("web-apart", "app=web", new Demand.Apart(Domain.RACK));
                    place(fresh.get(), site, 8, 4);
                }),
                new Promise("keeps VMs apart by zone", (fresh, random) -> {
                    PlacementSite site = site().rule("web-apart", "app=web", new Demand.Apart(Domain.ZONE));
                    place(fresh.get(), site, 8, 2);
                }),
                new Promise("keeps VMs together in a rack", (fresh, random) -> {
                    PlacementSite site = site().rule("web-near", "app=web", new Demand.Together(Domain.RACK));
                    site.vm("web-0", "z2-r1-h02", 1, 1, WEB);
                    fresh.get().expect(web("web-1"), site, "z2-r1-h01", "z2-r1-h02");
                    site.vm("big-1", "z2-r1-h01", 8, 32, Labels.NONE).vm("big-2", "z2-r1-h02", 7, 31, Labels.NONE);
                    fresh.get().expectRefusal(web("web-1"), site);
                }),
                new Promise("starts a group that is to be together where there is room", (fresh, random) -> {
                    PlacementSite site = site().rule("web-near", "app=web", new Demand.Together(Domain.ZONE));
                    place(fresh.get(), site, 4, 4);
                }),
                new Promise("does not follow VMs on hosts that are down", (fresh, random) -> {
                    PlacementSite site = site().rule("web-near", "app=web", new Demand.Together(Domain.HOST));
                    site.vm("web-0", "z1-r1-h01", 1, 1, WEB).seen("web-0", "z1-r1-h01", 1, 1);
                    site.vm("web-1", "z1-r1-h01", 1, 1, WEB).state("z1-r1-h01", HostState.DOWN);
                    Trial trial = fresh.get();
                    String host = String.valueOf(trial.expectRight(web("web-0"), site));
                    site.vm("web-0", host, 1, 1, WEB);
                    trial.expect(web("web-1"), site, host);
                }),
                new Promise("keeps VMs in the hosts, racks and zones that rules name", (fresh, random) -> {
                    PlacementSite site = site().rule("web-in", "app=web", new Demand.In(Domain.ZONE, List.of("z2")));
                    Trial trial = fresh.get();
                    trial.expect(web("web-1"), site, "z2-r1-h01", "z2-r1-h02", "z2-r2-h01", "z2-r2-h02");
                    site.rule("web-in", "app=web", new Demand.In(Domain.RACK, List.of("z1-r2", "nowhere")));
                    trial.expect(web("web-1"), site, "z1-r2-h01", "z1-r2-h02");
                    site.rule("web-in", "app=web", new Demand.In(Domain.HOST, List.of("z2-r2-h01", "z1-r1-h02")));
                    trial.expect(web("web-1"), site, "z2-r2-h01", "z1-r1-h02");
                    site.rule("web-in", "app=web", new Demand.In(Domain.ZONE, List.of("nowhere")));
                    trial.expectRefusal(web("web-1"), site);
                }),
                new Promise("keeps to the count that a rule allows a rack", (fresh, random) -> {
                    PlacementSite site = site().rule("web-few", "app=web", new Demand.AtMost(Domain.RACK, 3));
                    place(fresh.get(), site, 20, 12);
                }),
                new Promise("keeps several rules at once", (fresh, random) -> {
                    PlacementSite site = site().rule("a", "app=web", new Demand.AtMost(Domain.ZONE, 3));
                    site.rule("b", "app=web", new Demand.Apart(Domain.HOST));
                    site.rule("c", "tier=front", new Demand.In(Domain.RACK, List.of("z1-r1", "z2-r2")));
                    TreeMap<String, String> both = new TreeMap<>();
                    both.put("app", "web");
                    both.put("tier", "front");
                    Trial trial = fresh.get();
                    for (int i = 1; i <= 4; i++) {
                        String host = trial.expect(
                                Trial.question("web-" + i, 1, 1, new Labels(both)),
                                site,
                                "z1-r1-h01",
                                "z1-r1-h02",
                                "z2-r2-h01",
                                "z2-r2-h02");
                        site.vm("web-" + i, host, 1, 1, new Labels(both));
                    }
                    trial.expectRefusal(Trial.question("web-5", 1, 1, new Labels(both)), site);
                }),
                new Promise("minds only the rules about the VM's labels", (fresh, random) -> {
                    PlacementSite site = new PlacementSite().hosts(1, 1, 1, 8, 32);
                    site.rule("web-apart", "app=web", new Demand.Apart(Domain.ZONE));
                    site.rule("db-in", "app=db", new Demand.In(Domain.HOST, List.of("elsewhere")));
                    site.vm("web-0", "z1-r1-h01", 1, 1, WEB);
                    fresh.get().expect(Trial.question(1, 1), site, "z1-r1-h01");
                    fresh.get().expect(Trial.question("x", 1, 1, Labels.of("app", "mail")), site, "z1-r1-h01");
                    fresh.get().expect(Trial.question("x", 1, 1, Labels.of("web", "app")), site, "z1-r1-h01");
                }),
                new Promise("counts a VM on the move in both of its domains", (fresh, random) -> {
                    PlacementSite site = site().rule("web-apart", "app=web", new Demand.Apart(Domain.ZONE));
                    site.vm("web-0", "z1-r1-h01", 1, 1, WEB).seen("web-0", "z2-r1-h01", 1, 1);
                    Trial trial = fresh.get();
                    trial.expectRefusal(web("web-1"), site);
                    site.seen("web-0", "z1-r1-h01", 1, 1);
                    trial.expect(web("web-1"), site, "z2-r1-h01", "z2-r1-h02", "z2-r2-h01", "z2-r2-h02");
                }),
                new Promise("minds rules that come and go", (fresh, random) -> {
                    PlacementSite site =
                            new PlacementSite().hosts(1, 1, 1, 8, 32).vm("web-0", "z1-r1-h01", 1, 1, WEB);
                    Trial trial = fresh.get();
                    trial.expect(web("web-1"), site, "z1-r1-h01");
                    site.rule("web-apart", "app=web", new Demand.Apart(Domain.HOST));
                    trial.expectRefusal(web("web-1"), site);
                    trial.expect(web("web-0"), site, "z1-r1-h01");
                    trial.expect(web("web-1"), site.withoutRule("web-apart"), "z1-r1-h01");
                }));
    }

    private static PlacementSite site() {
        return new PlacementSite().hosts(2, 2, 2, 8, 32);
    }

    private static PlacementQuestion web(String name) {
        return Trial.question(name, 1, 1, WEB);
    }

    /** Asks for so many VMs one after the other and puts them where it says; expects so many to be placed. */
    private static void place(Trial trial, PlacementSite site, int asked, int expected) {
        int placed = 0;
        for (int i = 0; i < asked; i++) {
            var host = trial.expectRight(web("web-" + i), site);
            if (host != null) {
                site.vm("web-" + i, host.value(), 1, 1, WEB);
                placed++;
            }
        }
        if (placed != expected) {
            throw new AssertionError("asked for " + asked + " VMs one after the other, it placed " + placed
                    + "; there is a place for " + expected);
        }
    }
}
