package org.vinestock.machines.provider.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vinestock.machines.provider.site.TrySite;
import org.vinestock.machines.site.RackId;
import org.vinestock.machines.site.ZoneId;

class RackListViewTest {
    private final TrySite site = new TrySite(1);

    private List<RackListView.Row> racks(String zone) {
        return site.read(new RackListView(), new RackListView.Filter(zone.isEmpty() ? null : new ZoneId(zone)));
    }

    @Test
    void sumsUpWhatTheHostsOfARackHave() {
        site.hosts(2, 2, 3, 8, 32).created("vm-1", "vm-2");
        site.host("z2-r1-h02").fail();
        site.run(Duration.ofSeconds(5));
        List<RackListView.Row> racks = racks("");
        assertEquals(
                List.of("z1-r1", "z1-r2", "z2-r1", "z2-r2"),
                racks.stream().map(RackListView.Row::rack).toList());
        assertEquals(
                List.of(3, 3, 2, 3), racks.stream().map(RackListView.Row::up).toList());
        assertEquals(2, racks.stream().mapToInt(RackListView.Row::vms).sum());
        assertEquals(
                2,
                racks.stream().mapToInt(row -> row.usedCores().intValueExact()).sum());
        assertEquals("96GiB", racks.get(0).memory().toString());
        assertEquals(racks.subList(2, 4), racks("z2"));
        HostListView.Filter one = new HostListView.Filter(null, null, new RackId("z2-r1"), null);
        assertEquals(3, site.read(new HostListView(), one).size());
    }
}
