package org.vinestock.machines.provider.fleet;

import java.util.ArrayList;
import java.util.List;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.site.Cluster;
import org.vinestock.machines.site.ClusterId;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.Rack;
import org.vinestock.machines.site.RackId;
import org.vinestock.machines.site.Site;
import org.vinestock.machines.site.SiteId;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Zone;
import org.vinestock.machines.site.ZoneId;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;

/** The rows that say where a host stands: its own, and what it needs of site, zone, rack and cluster. */
public final class HostRows {
    private static final String LOCAL = "local";

    private HostRows() {}

    /** Those of a real host that runs and of which nobody said where it stands; nothing if somebody did. */
    static List<Change> ofItsOwn(HostId id, Snapshot snapshot) {
        if (snapshot.rows(SiteKinds.HOST).find(id).isPresent()) {
            return List.of();
        }
        return missing(
                new Host(id, new RackId(LOCAL), new ClusterId(LOCAL), Labels.NONE, false), new ZoneId(LOCAL), snapshot);
    }

    /** Those that are not there; the rack stays in its zone if it is. */
    public static List<Change> missing(Host host, ZoneId zone, Snapshot snapshot) {
        List<Change> missing = new ArrayList<>();
        SiteId site = new SiteId(LOCAL);
        for (Site first : snapshot.rows(SiteKinds.SITE)) {
            site = first.id();
            break;
        }
        if (snapshot.rows(SiteKinds.SITE).find(site).isEmpty()) {
            missing.add(new Change.Put<>(SiteKinds.SITE, site, new Site(site, "this site")));
        }
        if (snapshot.rows(SiteKinds.CLUSTER).find(host.cluster()).isEmpty()) {
            missing.add(new Change.Put<>(SiteKinds.CLUSTER, host.cluster(), new Cluster(host.cluster(), site)));
        }
        if (snapshot.rows(SiteKinds.RACK).find(host.rack()).isEmpty()) {
            if (snapshot.rows(SiteKinds.ZONE).find(zone).isEmpty()) {
                missing.add(new Change.Put<>(SiteKinds.ZONE, zone, new Zone(zone, site)));
            }
            missing.add(new Change.Put<>(SiteKinds.RACK, host.rack(), new Rack(host.rack(), zone)));
        }
        if (snapshot.rows(SiteKinds.HOST).find(host.id()).isEmpty()) {
            missing.add(new Change.Put<>(SiteKinds.HOST, host.id(), host));
        }
        return missing;
    }
}
