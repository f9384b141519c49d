package org.vinestock.benchmarks.packing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.vinestock.benchmarks.packing.Arrivals.Flavour;

/** How few hosts hold given VMs if all of them may be placed anew: first fit, the largest first. */
final class Repacking {
    private Repacking() {}

    /** Packs so many VMs of each flavour into hosts of one size. */
    static int hosts(int[] vms, List<Flavour> flavours, long millicores, long bytes) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < vms.length; i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble((Integer i) -> -Math.max(
                (double) flavours.get(i).millicores() / millicores,
                (double) flavours.get(i).bytes() / bytes)));
        List<long[]> hosts = new ArrayList<>();
        for (int flavour : order) {
            Flavour size = flavours.get(flavour);
            int left = vms[flavour];
            for (int host = 0; left > 0; host++) {
                if (host == hosts.size()) {
                    hosts.add(new long[] {millicores, bytes});
                }
                long[] free = hosts.get(host);
                long here = Math.min(left, Math.min(free[0] / size.millicores(), free[1] / size.bytes()));
                free[0] -= here * size.millicores();
                free[1] -= here * size.bytes();
                left -= (int) here;
            }
        }
        return hosts.size();
    }
}
