package org.vinestock.placement.contract;

import java.util.List;
import org.vinestock.model.Labels;

/** Promises about cores and memory. */
final class RoomChecks {
    private RoomChecks() {}

    static List<Promise> all() {
        return List.of(
                new Promise("never chooses a host without room for the cores", (fresh, random) -> {
                    PlacementSite site = new PlacementSite().hosts(1, 2, 3, 8, 64);
                    int right = 1 + random.nextInt(3);
                    for (int rack = 1; rack <= 2; rack++) {
                        for (int host = 1; host <= 3; host++) {
                            double taken = rack == 2 && host == right ? 6 : 6.001;
                            site.vm("vm-" + rack + host, host(rack, host), taken, 1, Labels.NONE);
                        }
                    }
                    fresh.get().expect(Trial.question(2, 1), site, host(2, right));
                }),
                new Promise("never chooses a host without room for the memory", (fresh, random) -> {
                    PlacementSite site = new PlacementSite().hosts(1, 2, 3, 64, 16);
                    int right = 1 + random.nextInt(3);
                    for (int rack = 1; rack <= 2; rack++) {
                        for (int host = 1; host <= 3; host++) {
                            double taken = rack == 2 && host == right ? 12 : 12.001;
                            site.vm("vm-" + rack + host, host(rack, host), 1, taken, Labels.NONE);
                        }
                    }
                    fresh.get().expect(Trial.question(1, 4), site, host(2, right));
                }),
                new Promise("fills a host to the last core and the last byte", (fresh, random) -> {
                    PlacementSite site = new PlacementSite().hosts(1, 1, 1, 8, 32);
                    site.vm("vm-1", host(1, 1), 7.5, 31.5, Labels.NONE);
                    fresh.get().expect(Trial.question(0.5, 0.5), site, host(1, 1));
                }),
                new Promise("counts VMs that should be on a host but are not there yet", (fresh, random) -> {
                    PlacementSite site = new PlacementSite().hosts(1, 1, 2, 8, 32);
                    site.vm("vm-1", host(1, 1), 7, 1, Labels.NONE);
                    fresh.get().expect(Trial.question(2, 1), site, host(1, 2));
                }),
                new Promise("counts VMs that are on a host but should not be there", (fresh, random) -> {
                    PlacementSite site = new PlacementSite().hosts(1, 1, 2, 8, 32);
                    site.seen("vm-1", host(1, 1), 7, 1);
                    fresh.get().expect(Trial.question(2, 1), site, host(1, 2));
                }),
                new Promise("counts a VM on the move on both hosts", (fresh, random) -> {
                    PlacementSite site = new PlacementSite().hosts(1, 1, 3, 8, 32);
                    site.vm("vm-1", host(1, 1), 7, 1, Labels.NONE).seen("vm-1", host(1, 2), 7, 1);
                    fresh.get().expect(Trial.question(2, 1), site, host(1, 3));
                }),
                new Promise("counts a VM that is where it should be once", (fresh, random) -> {
                    PlacementSite site = new PlacementSite().hosts(1, 1, 1, 8, 32);
                    site.vm("vm-1", host(1, 1), 4, 16, Labels.NONE).seen("vm-1", host(1, 1), 4, 16);
                    fresh.get().expect(Trial.question(4, 16), site, host(1, 1));
                }),
                new Promise("does not count what the VM itself takes", (fresh, random) -> {
                    PlacementSite site = new PlacementSite().hosts(1, 1, 2, 8, 32);
                    site.vm("vm-1", host(1, 1), 6, 24, Labels.NONE).seen("vm-1", host(1, 1), 6, 24);
                    site.vm("vm-2", host(1, 2), 6, 24, Labels.NONE);
                    fresh.get().expect(Trial.question("vm-1", 7, 28, Labels.NONE), site, host(1, 1));
                }),
                new Promise("uses the room that a VM left", (fresh, random) -> {
                    PlacementSite site = new PlacementSite().hosts(1, 1, 2, 8, 32);
                    site.vm("vm-1", host(1, 1), 8, 32, Labels.NONE).vm("vm-2", host(1, 2), 8, 32, Labels.NONE);
                    Trial trial = fresh.get();
                    trial.expectRefusal(Trial.question(4, 4), site);
                    trial.expect(Trial.question(4, 4), site.withoutVm("vm-2"), host(1, 2));
                }),
                new Promise("takes a host with less than nothing free for full", (fresh, random) -> {
                    PlacementSite site = new PlacementSite().hosts(1, 1, 2, 8, 32);
                    site.seen("vm-1", host(1, 1), 12, 48).seen("vm-2", host(1, 2), 8, 32);
                    fresh.get().expectRefusal(Trial.question(0.001, 0.001), site);
                }),
                new Promise("refuses a VM that is larger than any host", (fresh, random) -> {
                    PlacementSite site = new PlacementSite().hosts(2, 2, 2, 8, 32);
                    fresh.get().expectRefusal(Trial.question(8.001, 1), site);
                    fresh.get().expectRefusal(Trial.question(1, 33), site);
                }));
    }

    private static String host(int rack, int host) {
        return "z1-r" + rack + "-h0" + host;
    }
}
