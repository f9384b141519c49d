package org.vinestock.placement.provider.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vinestock.decision.Alternative;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Tally;
import org.vinestock.machines.HostState;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.placement.Placement;
import org.vinestock.placement.contract.PlacementSite;
import org.vinestock.placement.rule.Demand;
import org.vinestock.placement.rule.Domain;

class BestFitPlacementTest {
    private final BestFitPlacement bestFit = new BestFitPlacement();

    @Test
    void choosesTheHostThatWillBeFullest() {
        PlacementSite site = new PlacementSite().hosts(1, 1, 3, 8, 32);
        site.vm("a", "z1-r1-h02", 4, 16, Labels.NONE).vm("b", "z1-r1-h03", 2, 8, Labels.NONE);

        assertEquals("z1-r1-h02", choice(2, 8, site));
    }

    @Test
    void looksAtTheResourceOfWhichMostRemains() {
        // after placing, h01 has 1/8 cores and 31/32 memory left; h02 has 4/8 of both
        PlacementSite site = new PlacementSite().hosts(1, 1, 2, 8, 32);
        site.vm("a", "z1-r1-h01", 6, 0.5, Labels.NONE).vm("b", "z1-r1-h02", 3, 15.5, Labels.NONE);

        assertEquals("z1-r1-h02", choice(1, 0.5, site));
    }

    @Test
    void comparesSharesNotAmounts() {
        // half of the large host is 32 cores, three quarters of the small one are 6
        PlacementSite site = new PlacementSite().host("z1-r1-small", 8, 32).host("z1-r1-large", 64, 256);
        site.vm("a", "z1-r1-small", 0.2, 1, Labels.NONE).vm("b", "z1-r1-large", 30, 120, Labels.NONE);

        assertEquals("z1-r1-large", choice(1.5, 6, site));
    }

    @Test
    void takesTheHostKnownLongestOfEquals() {
        assertEquals("z1-r1-h01", choice(1, 1, new PlacementSite().hosts(2, 2, 3, 8, 32)));
    }

    @Test
    void takesAHostWithoutVmsLast() {
        PlacementSite site = new PlacementSite().hosts(1, 1, 1, 8, 32).host("z1-r1-large", 64, 256);
        site.vm("a", "z1-r1-large", 1, 4, Labels.NONE);

        assertEquals("z1-r1-large", choice(7, 28, site));
        assertEquals("z1-r1-h01", choice(7, 28, site.vm("b", "z1-r1-large", 60, 200, Labels.NONE)));
    }

    @Test
    void takesHostsForEqualsThatDifferByLessThanAQuarter() {
        // after placing 1 core, h02 has 0.76 of its cores left, h01 0.87: both at least three quarters
        PlacementSite site = new PlacementSite().hosts(1, 1, 2, 8, 32);
        site.vm("a", "z1-r1-h01", 0.04, 4, Labels.NONE).vm("b", "z1-r1-h02", 0.92, 4, Labels.NONE);
        assertEquals("z1-r1-h01", choice(1, 4, site));

        site.vm("b", "z1-r1-h02", 1.08, 4, Labels.NONE).seen("b", "z1-r1-h02", 1.08, 7);
        assertEquals("z1-r1-h02", choice(1, 4, site));
    }

    @Test
    void takesOfEqualsTheHostWithTheOldestVm() {
        PlacementSite site = new PlacementSite().hosts(1, 1, 4, 8, 32);
        site.vm("a", "z1-r1-h03", 0.5, 2, Labels.NONE).vm("b", "z1-r1-h02", 0.5, 2, Labels.NONE);
        site.vm("c", "z1-r1-h02", 0.5, 2, Labels.NONE);
        assertEquals("z1-r1-h03", choice(1, 4, site));

        site.vm("d", "z1-r1-h03", 0.5, 2, Labels.NONE).withoutVm("a");
        assertEquals("z1-r1-h02", choice(1, 4, site));

        site.withoutVm("b").vm("c", "z1-r1-h02", 0.5, 2, Labels.of("app", "web"));
        assertEquals("z1-r1-h03", choice(1, 4, site));
        Answer<Placement> answer = Asked.answer(bestFit, Asked.question("new", 1, 4, Labels.NONE), site);
        assertEquals(
                List.of(placed("z1-r1-h02"), placed("z1-r1-h01"), placed("z1-r1-h04")),
                answer.alternatives().stream().map(Alternative::choice).toList());
    }

    @Test
    void namesTheNextBestHostsInOrder() {
        PlacementSite site = new PlacementSite().hosts(2, 2, 6, 8, 32);
        site.vm("a", "z2-r2-h06", 6, 24, Labels.NONE).vm("b", "z2-r1-h01", 4, 16, Labels.NONE);
        site.vm("c", "z1-r2-h03", 2, 8, Labels.NONE);

        Answer<Placement> answer = Asked.answer(bestFit, Asked.question("new", 1, 4, Labels.NONE), site);

        assertEquals(placed("z2-r2-h06"), answer.choice());
        assertEquals(Answer.MAX_ALTERNATIVES, answer.alternatives().size());
        assertEquals(placed("z2-r1-h01"), answer.alternatives().get(0).choice());
        assertEquals(placed("z1-r2-h03"), answer.alternatives().get(1).choice());
        assertEquals(placed("z1-r1-h01"), answer.alternatives().get(2).choice());
        List<Double> scores =
                answer.alternatives().stream().map(Alternative::score).toList();
        assertEquals(-0.25, scores.get(0));
        assertEquals(
                scores, scores.stream().sorted((a, b) -> Double.compare(b, a)).toList());
    }

    @Test
    void countsExactlyWhyHostsWereLeftOut() {
        PlacementSite site = new PlacementSite().hosts(2, 2, 6, 8, 32);
        site.rule("web-apart", "app=web", new Demand.Apart(Domain.HOST));
        site.vm("big-1", "z1-r1-h01", 8, 1, Labels.NONE).vm("big-2", "z1-r1-h02", 7.5, 1, Labels.NONE);
        site.vm("big-3", "z1-r1-h03", 1, 32, Labels.NONE);
        site.vm("web-1", "z1-r2-h01", 1, 1, Labels.of("app", "web"));
        site.vm("web-2", "z2-r1-h01", 1, 1, Labels.of("app", "web"));

        Answer<Placement> answer = Asked.answer(bestFit, Asked.question("web-3", 1, 1, Labels.of("app", "web")), site);

        assertEquals("24 hosts: 19 fit, 3 full, 2 by rule web-apart", answer.because());
        assertEquals(List.of(new Tally("capacity", 3), new Tally("web-apart", 2)), answer.vetoes());

        site.maintenance("z2-r2-h01", true).state("z2-r2-h02", HostState.DOWN);
        answer = Asked.answer(bestFit, Asked.question("web-3", 1, 1, Labels.of("app", "web")), site);
        assertEquals("24 hosts: 17 fit, 3 full, 1 in maintenance, 1 down, 2 by rule web-apart", answer.because());
    }

    @Test
    void refusesWithTheNumbersOfTheLargestHost() {
        PlacementSite site = new PlacementSite().hosts(1, 1, 2, 8, 32).host("z1-r1-big", 16, 64);

        Answer<Placement> answer = Asked.answer(bestFit, Asked.question("vm-7", 17, 4, Labels.NONE), site);

        assertEquals(
                new Placement.Refused("vm-7 with 17 cores and 4GiB is larger than any host; the largest, z1-r1-big,"
                        + " has 16 cores and 64GiB"),
                answer.choice());
    }

    @Test
    void refusesWithTheTallyIfAllAreTaken() {
        PlacementSite site = new PlacementSite().hosts(1, 1, 2, 8, 32).maintenance("z1-r1-h01", true);
        site.vm("a", "z1-r1-h02", 8, 8, Labels.NONE);

        Answer<Placement> answer = Asked.answer(bestFit, Asked.question("vm-7", 1, 1, Labels.NONE), site);

        assertEquals(
                new Placement.Refused(
                        "no host can take vm-7 with 1 core and 1GiB now: 2 hosts: 0 fit, 1 full, 1 in maintenance"),
                answer.choice());
        assertTrue(answer.alternatives().isEmpty());
    }

    private String choice(double cores, double gib, PlacementSite site) {
        return Asked.choice(bestFit, Asked.question("new", cores, gib, Labels.NONE), site);
    }

    private static Placement placed(String host) {
        return new Placement.Placed(new HostId(host));
    }
}
