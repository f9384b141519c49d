package org.vinestock.machines.provider.fleet;

import java.util.ArrayList;
import java.util.List;
import org.vinestock.area.Clusters;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.SiteKinds;

/** The clusters of the site, for the platform. */
public final class SiteClusters implements Clusters {
    @Override
    public List<String> names(Snapshot snapshot) {
        List<String> names = new ArrayList<>();
        snapshot.rows(SiteKinds.CLUSTER)
                .forEach(cluster -> names.add(cluster.id().value()));
        return names;
    }

    @Override
    public int hosts(String cluster, Snapshot snapshot) {
        int count = 0;
        for (Host host : snapshot.rows(SiteKinds.HOST)) {
            count += host.cluster().value().equals(cluster) ? 1 : 0;
        }
        return count;
    }

    @Override
    public int hostsOff(String cluster, Snapshot snapshot) {
        int count = 0;
        for (Host host : snapshot.rows(SiteKinds.HOST)) {
            boolean off = host.cluster().value().equals(cluster) && HostStates.isDown(host.id(), snapshot);
            count += off ? 1 : 0;
        }
        return count;
    }
}
