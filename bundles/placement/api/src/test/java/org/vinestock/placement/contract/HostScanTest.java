package org.vinestock.placement.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.vinestock.decision.Tally;
import org.vinestock.machines.HostState;
import org.vinestock.machines.site.ClusterId;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.Violation;
import org.vinestock.model.VmId;
import org.vinestock.placement.HostScan;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.Placements;
import org.vinestock.placement.rule.Demand;
import org.vinestock.placement.rule.Domain;

class HostScanTest {
    private static final Labels WEB = Labels.of("app", "web");

    @Test
    void findsWhatANaiveCheckerFindsWhileTheSiteChanges() {
        int violations = 0;
        for (int seed = 0; seed < 150; seed++) {
            RandomGenerator random = new SplittableRandom(seed);
            PlacementSite site = AnswerChecks.anySite(random);
            for (int step = 0; step < 25; step++) {
                for (int i = random.nextInt(4); i > 0; i--) {
                    AnswerChecks.change(site, random);
                }
                PlacementQuestion question = AnswerChecks.anyQuestion("new", random);
                violations += compare(question, site, "seed " + seed + ", step " + step);
            }
        }
        assertTrue(violations > 10_000, "only " + violations + " violations were compared");
    }

    private static int compare(PlacementQuestion question, PlacementSite site, String when) {
        int violations = 0;
        HostScan scan = new HostScan(question, site.snapshot());
        TreeMap<String, Integer> tally = new TreeMap<>();
        for (Host host : site.snapshot().rows(SiteKinds.HOST)) {
            List<String> expected = NaiveRules.wrong(question, host.id(), site.snapshot());
            assertEquals(expected, rules(scan.violations(host.id())), () -> when + ": " + question + " on " + host);
            assertEquals(
                    expected.isEmpty(), scan.fits(site.snapshot().hosts().row(host.id())), () -> when + ": " + host);
            if (!expected.isEmpty()) {
                tally.merge(expected.get(0), 1, Integer::sum);
                violations += expected.size();
            }
        }
        TreeMap<String, Integer> told = new TreeMap<>();
        for (Tally one : scan.vetoes()) {
            told.put(one.rule(), one.count());
        }
        assertEquals(tally, told, when);
        return violations;
    }

    private static List<String> rules(List<Violation> violations) {
        return violations.stream().map(Violation::rule).toList();
    }

    @Test
    void saysWithTheNumbersWhatIsWrongWithAHost() {
        PlacementSite site = new PlacementSite().hosts(2, 1, 2, 2, 4);
        site.vm("a", "z1-r1-h01", 0.5, 3, Labels.NONE).seen("b", "z1-r1-h02", 4, 1);
        site.rule("web-apart", "app=web", new Demand.Apart(Domain.ZONE));
        site.rule("web-few", "app=web", new Demand.AtMost(Domain.HOST, 2));
        site.rule("web-in", "app=web", new Demand.In(Domain.ZONE, List.of("z1")));
        site.vm("web-1", "z2-r1-h01", 0.1, 0.1, WEB).vm("web-2", "z2-r1-h01", 0.1, 0.1, WEB);

        assertEquals(
                List.of("capacity: z1-r1-h01 has 1.5 of 2 cores free; 2 are needed, and 1GiB of 4GiB memory free;"
                        + " 2GiB is needed"),
                wrong(site, "z1-r1-h01"));
        assertEquals(List.of("capacity: z1-r1-h02 has 0 of 2 cores free; 2 are needed"), wrong(site, "z1-r1-h02"));
        assertEquals(
                List.of(
                        "capacity: z2-r1-h01 has 1.8 of 2 cores free; 2 are needed",
                        "web-apart: z2-r1-h01 is in zone z2, which has 2 VMs with app=web already",
                        "web-few: z2-r1-h01 has 2 of at most 2 VMs with app=web",
                        "web-in: z2-r1-h01 is in zone z2 and is not in z1, where VMs with app=web have to be"),
                wrong(site, "z2-r1-h01"));
        site.maintenance("z2-r1-h02", true).state("z2-r1-h01", HostState.DOWN);
        assertEquals(
                "maintenance: z2-r1-h02 is in maintenance",
                wrong(site, "z2-r1-h02").get(0));
        assertEquals("down: z2-r1-h01 does not answer", wrong(site, "z2-r1-h01").get(0));
        assertEquals(List.of("unknown: h99 is not a host of this site"), wrong(site, "h99"));
    }

    @Test
    void saysWhereVmsAreThatAreToBeTogether() {
        PlacementSite site = new PlacementSite().hosts(1, 3, 1, 2, 4);
        site.rule("web-near", "app=web", new Demand.Together(Domain.RACK)).vm("web-1", "z1-r1-h01", 1, 1, WEB);

        assertEquals(
                List.of("web-near: z1-r2-h01 is not in rack z1-r1, where the other VMs with app=web are"),
                wrong(site, "z1-r2-h01"));

        site.vm("web-2", "z1-r3-h01", 1, 1, WEB);
        assertEquals(
                List.of("web-near: the other VMs with app=web are in several racks; bring them together first"),
                wrong(site, "z1-r2-h01"));
    }

    @Test
    void countsHostsOfOtherClustersAndThoseToBeAvoided() {
        PlacementSite site = new PlacementSite().hosts(1, 1, 3, 2, 4).host("lab-1", "z9-r1", "z9", "lab", 2, 4);
        PlacementQuestion question = new PlacementQuestion(
                new VmId("new"),
                1000,
                ByteCount.ofGib(1),
                Labels.NONE,
                new ClusterId("main"),
                List.of(new HostId("z1-r1-h02")));
        HostScan scan = new HostScan(question, site.snapshot());
        for (int row = 0; row < scan.end(); row++) {
            scan.fits(row);
        }

        assertEquals("4 hosts: 2 fit, 1 in other clusters, 1 to be avoided", scan.inWords());
        assertEquals(
                "lab-1 is in cluster lab, not in main",
                scan.violations(new HostId("lab-1")).get(0).message());
    }

    @Test
    void looksOnlyAtTheHostsAskedFor() {
        PlacementSite site = new PlacementSite().hosts(1, 1, 3, 2, 4);
        HostScan scan = new HostScan(only(1, "z1-r1-h03"), site.snapshot());

        assertEquals(2, scan.fitting().next(0));
        assertEquals("3 hosts: 1 fit, 2 not asked for", scan.inWords());
        assertEquals(
                List.of("only: z1-r1-h01 is not z1-r1-h03, the only host asked for"),
                scan.violations(new HostId("z1-r1-h01")).stream()
                        .map(violation -> violation.rule() + ": " + violation.message())
                        .toList());
        assertEquals(
                "new with 3 cores and 1GiB is larger than z1-r1-h03, the only host asked for, which has 2 cores and 4GiB",
                refusal(only(3, "z1-r1-h03"), site));
        assertEquals(
                "no host can take new: the site has none that is one of h8, h9, the hosts asked for",
                refusal(only(1, "h8", "h9"), site));
    }

    private static PlacementQuestion only(int cores, String... hosts) {
        return new PlacementQuestion(
                new VmId("new"),
                cores * 1000L,
                ByteCount.ofGib(1),
                Labels.NONE,
                null,
                List.of(),
                List.of(hosts).stream().map(HostId::new).toList());
    }

    private static String refusal(PlacementQuestion question, PlacementSite site) {
        HostScan scan = new HostScan(question, site.snapshot());
        int row = scan.fitting().next(0);
        return ((Placement.Refused) scan.answer(row, List.of()).choice()).because();
    }

    @Test
    void thePointsCandidatesAreAllHostsInOrder() {
        PlacementSite site = new PlacementSite().hosts(2, 1, 1, 2, 4).maintenance("z1-r1-h01", true);
        PlacementQuestion question = Trial.question(1, 1);

        List<String> names = new ArrayList<>();
        for (Placement candidate : Placements.PLACE.candidates(question, site.snapshot())) {
            names.add(candidate.toString());
        }
        assertEquals(List.of("z1-r1-h01", "z2-r1-h01"), names);
        assertEquals(
                List.of("main"),
                Placements.PLACE.clusters(question, new Placement.Placed(new HostId("z1-r1-h01")), site.snapshot()));
    }

    private static List<String> wrong(PlacementSite site, String host) {
        PlacementQuestion question = Trial.question("new", 2, 2, WEB);
        return Placements.PLACE
                .guardrails()
                .get(0)
                .check(question, new Placement.Placed(new HostId(host)), site.snapshot())
                .stream()
                .map(violation -> violation.rule() + ": " + violation.message())
                .toList();
    }
}
