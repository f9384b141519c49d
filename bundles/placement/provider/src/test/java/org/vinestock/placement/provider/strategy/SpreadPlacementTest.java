package org.vinestock.placement.provider.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.vinestock.model.Labels;
import org.vinestock.placement.contract.PlacementSite;

class SpreadPlacementTest {
    private static final Labels WEB = Labels.of("app", "web");
    private static final Labels DB = Labels.of("app", "db");

    private final SpreadPlacement spread = new SpreadPlacement();

    @Test
    void goesOverZonesThenRacksThenHosts() {
        PlacementSite site = new PlacementSite().hosts(2, 2, 2, 8, 32);
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String host = Asked.choice(spread, Asked.question("web-" + i, 1, 1, WEB), site);
            site.vm("web-" + i, host, 1, 1, WEB);
            order.add(host);
        }

        assertEquals(
                List.of(
                        "z1-r1-h01",
                        "z2-r1-h01",
                        "z1-r2-h01",
                        "z2-r2-h01",
                        "z1-r1-h02",
                        "z2-r1-h02",
                        "z1-r2-h02",
                        "z2-r2-h02"),
                order);
    }

    @Test
    void looksAtTheVmsOwnGroupOnly() {
        PlacementSite site = new PlacementSite().hosts(2, 1, 1, 8, 32);
        site.vm("web-0", "z1-r1-h01", 1, 1, WEB);
        site.vm("db-0", "z2-r1-h01", 1, 1, DB).vm("db-1", "z2-r1-h01", 1, 1, DB);

        assertEquals("z2-r1-h01", Asked.choice(spread, Asked.question("web-1", 1, 1, WEB), site));
        assertEquals("z1-r1-h01", Asked.choice(spread, Asked.question("db-2", 1, 1, DB), site));
    }

    @Test
    void takesTheEmptiestHostOfEquals() {
        PlacementSite site = new PlacementSite().hosts(1, 1, 3, 8, 32);
        site.vm("a", "z1-r1-h01", 2, 2, DB).vm("b", "z1-r1-h02", 1, 24, DB).vm("c", "z1-r1-h03", 1, 4, DB);

        assertEquals("z1-r1-h03", Asked.choice(spread, Asked.question("web-1", 1, 1, WEB), site));
    }

    @Test
    void doesNotCountTheVmItself() {
        PlacementSite site = new PlacementSite().hosts(2, 1, 1, 8, 32);
        site.vm("web-0", "z1-r1-h01", 1, 1, WEB).vm("web-1", "z2-r1-h01", 1, 1, WEB);
        site.seen("web-1", "z2-r1-h01", 1, 1);

        assertEquals("z2-r1-h01", Asked.choice(spread, Asked.question("web-1", 1, 1, WEB), site));
    }

    @Test
    void followsDeletionsAndMoves() {
        PlacementSite site = new PlacementSite().hosts(2, 1, 1, 8, 32);
        site.vm("web-0", "z1-r1-h01", 1, 1, WEB);
        assertEquals("z2-r1-h01", Asked.choice(spread, Asked.question("web-9", 1, 1, WEB), site));
        site.vm("web-0", "z2-r1-h01", 1, 1, WEB);
        assertEquals("z1-r1-h01", Asked.choice(spread, Asked.question("web-9", 1, 1, WEB), site));
        site.vm("web-1", "z1-r1-h01", 1, 1, WEB).withoutVm("web-0");
        assertEquals("z2-r1-h01", Asked.choice(spread, Asked.question("web-9", 1, 1, WEB), site));
    }

    @Test
    void isEvenOverZonesOfDifferentSizes() {
        PlacementSite site = new PlacementSite().hosts(1, 2, 5, 8, 32).host("z2-r1-h01", 8, 32);
        TreeMap<String, Integer> zones = new TreeMap<>();
        for (int i = 0; i < 12; i++) {
            String host = Asked.choice(spread, Asked.question("web-" + i, 1, 1, WEB), site);
            site.vm("web-" + i, host, 1, 1, WEB);
            zones.merge(host.substring(0, 2), 1, Integer::sum);
        }

        assertEquals("{z1=6, z2=6}", zones.toString());
    }
}
