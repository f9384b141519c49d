package org.vinestock.kernel.decide;

import java.util.List;
import java.util.TreeSet;
import org.vinestock.area.Clusters;
import org.vinestock.inventory.Snapshot;

/** Checks the name of a cluster that a person typed. */
public final class KnownClusters {
    private KnownClusters() {}

    /**
     * Checks that a cluster is there; if nobody knows the clusters, any name is taken.
     *
     * @throws IllegalArgumentException saying what is accepted
     */
    public static void require(String cluster, List<Clusters> knowing, Snapshot snapshot) {
        TreeSet<String> names = new TreeSet<>();
        knowing.forEach(each -> names.addAll(each.names(snapshot)));
        if (!knowing.isEmpty() && !names.contains(cluster)) {
            throw new IllegalArgumentException("cluster: there is no cluster \"" + cluster + "\"; "
                    + (names.isEmpty() ? "the site has none" : "accepted: " + String.join(", ", names)));
        }
    }
}
