package org.vinestock.lab.site;

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

/**
 * Where the hosts of a lab site stand.
 *
 * @param places in the order of the hosts' numbers
 */
public record Topology(List<Place> places) {
    private static final SiteId SITE = new SiteId("lab");
    private static final ClusterId CLUSTER = new ClusterId("lab");
    private static final ZoneId NO_ZONE = new ZoneId("no-zone");

    /** A host in its rack in its zone. */
    public record Place(HostId host, RackId rack, ZoneId zone) {}

    /** Copies the list. */
    public Topology {
        places = List.copyOf(places);
    }

    /** Lays a site out: neighbours stand in one rack, neighbouring racks in one zone. */
    public static Topology of(SiteShape shape) {
        int digits = Math.max(2, String.valueOf(shape.hosts()).length());
        List<Place> places = new ArrayList<>(shape.hosts());
        for (int h = 0; h < shape.hosts(); h++) {
            int r = (int) ((long) h * shape.racks() / shape.hosts());
            ZoneId zone = new ZoneId("z" + ((int) ((long) r * shape.zones() / shape.racks()) + 1));
            RackId rack = new RackId(zone.value() + "-r" + (r + 1));
            String number = String.valueOf(h + 1);
            places.add(new Place(
                    new HostId(rack.value() + "-h" + "0".repeat(digits - number.length()) + number), rack, zone));
        }
        return new Topology(places);
    }

    /** Where the hosts of a site stand that have reported, whoever runs them; in the order of their names. */
    public static Topology of(Snapshot site) {
        List<Place> places = new ArrayList<>();
        for (Host host : site.rows(SiteKinds.HOST)) {
            if (site.rows(SiteKinds.HOST_OBSERVED).find(host.id()).isPresent()) {
                ZoneId zone = site.rows(SiteKinds.RACK)
                        .find(host.rack())
                        .map(Rack::zone)
                        .orElse(NO_ZONE);
                places.add(new Place(host.id(), host.rack(), zone));
            }
        }
        return new Topology(places);
    }

    /** The rows of the inventory that describe it. */
    public List<Change> rows() {
        List<Change> rows = new ArrayList<>();
        rows.add(new Change.Put<>(SiteKinds.SITE, SITE, new Site(SITE, "the lab: every host is played")));
        rows.add(new Change.Put<>(SiteKinds.CLUSTER, CLUSTER, new Cluster(CLUSTER, SITE)));
        for (ZoneId zone : places.stream().map(Place::zone).distinct().toList()) {
            rows.add(new Change.Put<>(SiteKinds.ZONE, zone, new Zone(zone, SITE)));
        }
        for (Place first : firstOfEachRack()) {
            rows.add(new Change.Put<>(SiteKinds.RACK, first.rack(), new Rack(first.rack(), first.zone())));
        }
        for (Place place : places) {
            Host host = new Host(place.host(), place.rack(), CLUSTER, Labels.NONE, false);
            rows.add(new Change.Put<>(SiteKinds.HOST, place.host(), host));
        }
        return rows;
    }

    /** Takes the rows away again. */
    public List<Change> removals() {
        return rows().stream()
                .<Change>map(row -> new Change.Removed(row.kind(), row.id()))
                .toList();
    }

    /**
     * Finds the hosts that fail with something.
     *
     * @param name of a host, a rack or a zone
     * @throws IllegalArgumentException if there is none of that name, saying what there is
     */
    public List<HostId> hostsOf(String name) {
        return hostsOf("target", name);
    }

    /** Like {@link #hostsOf(String)}; the error names {@code field}. */
    public List<HostId> hostsOf(String field, String name) {
        List<HostId> found = places.stream()
                .filter(place -> place.host().value().equals(name)
                        || place.rack().value().equals(name)
                        || place.zone().value().equals(name))
                .map(Place::host)
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException(field + " \"" + name + "\" is neither a host nor a rack nor a zone of "
                    + (places.isEmpty() ? "the lab, which has no site" : "this site; accepted: such as " + examples()));
        }
        return found;
    }

    /** A host, a rack and a zone, for messages. */
    public String examples() {
        if (places.isEmpty()) {
            return "nothing: there is no site";
        }
        Place first = places.get(0);
        return first.host() + ", " + first.rack() + " or " + first.zone();
    }

    private List<Place> firstOfEachRack() {
        List<Place> firsts = new ArrayList<>();
        for (Place place : places) {
            if (firsts.isEmpty() || !firsts.get(firsts.size() - 1).rack().equals(place.rack())) {
                firsts.add(place);
            }
        }
        return firsts;
    }
}
