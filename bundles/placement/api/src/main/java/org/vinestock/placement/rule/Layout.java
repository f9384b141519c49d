package org.vinestock.placement.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.HostState;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.ObservedHost;
import org.vinestock.machines.site.Rack;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.HostId;

/** Where the hosts of a snapshot stand, as columns by the rows of {@link Hosts}. Immutable. */
public final class Layout {
    private final int members;
    private final int[] racks;
    private final int[] zones;
    private final int[] clusters;
    private final long[] up;
    private final Names rackNames;
    private final Names zoneNames;
    private final Names clusterNames;
    private final Areas rackAreas;
    private final Areas zoneAreas;
    private final Areas clusterAreas;

    private Layout(Layout other, long[] up) {
        this.members = other.members;
        this.racks = other.racks;
        this.zones = other.zones;
        this.clusters = other.clusters;
        this.rackNames = other.rackNames;
        this.zoneNames = other.zoneNames;
        this.clusterNames = other.clusterNames;
        this.rackAreas = other.rackAreas;
        this.zoneAreas = other.zoneAreas;
        this.clusterAreas = other.clusterAreas;
        this.up = up;
    }

    Layout(Snapshot snapshot) {
        Hosts hosts = snapshot.hosts();
        int end = hosts.end();
        racks = new int[end];
        zones = new int[end];
        clusters = new int[end];
        up = new long[(end + 63) >> 6];
        rackNames = new Names();
        zoneNames = new Names();
        clusterNames = new Names();
        Arrays.fill(racks, -1);
        Arrays.fill(zones, -1);
        Arrays.fill(clusters, -1);
        int count = 0;
        for (Host host : snapshot.rows(SiteKinds.HOST)) {
            int row = hosts.row(host.id());
            racks[row] = rackNames.index(host.rack().value());
            clusters[row] = clusterNames.index(host.cluster().value());
            Optional<Rack> rack = snapshot.rows(SiteKinds.RACK).find(host.rack());
            zones[row] = zoneNames.index(rack.isPresent() ? rack.get().zone().value() : "");
            count++;
        }
        members = count;
        rackAreas = new Areas(racks);
        zoneAreas = new Areas(zones);
        clusterAreas = new Areas(clusters);
        for (ObservedHost host : snapshot.rows(SiteKinds.HOST_OBSERVED)) {
            mark(up, hosts.row(host.id()), host.state() == HostState.UP);
        }
    }

    private static void mark(long[] bits, int row, boolean on) {
        long bit = 1L << row;
        bits[row >> 6] = on ? bits[row >> 6] | bit : bits[row >> 6] & ~bit;
    }

    Layout withStates(Snapshot now, List<HostId> changed) {
        Hosts hosts = now.hosts();
        long[] bits = Arrays.copyOf(up, (hosts.end() + 63) >> 6);
        for (HostId id : changed) {
            Optional<ObservedHost> host = now.rows(SiteKinds.HOST_OBSERVED).find(id);
            mark(bits, hosts.row(id), host.isPresent() && host.get().state() == HostState.UP);
        }
        return new Layout(this, bits);
    }

    /** How many hosts the site has. */
    public int members() {
        return members;
    }

    /** Whether the row's host belongs to the site: people want it there. */
    public boolean member(int row) {
        return row >= 0 && row < racks.length && racks[row] >= 0;
    }

    /** The rows whose hosts belong to the site, as {@link RowBits} of so many chunks that are the caller's. */
    public long[] memberRows(int chunks) {
        return Arrays.copyOf(clusterAreas.all(), chunks);
    }

    /** Keeps those of some {@link RowBits} whose hosts report. */
    public void keepUp(long[] rows) {
        RowBits.keep(rows, up);
    }

    /** Keeps those of some {@link RowBits} whose hosts are in a cluster. */
    public void keepCluster(long[] rows, int cluster) {
        clusterAreas.keep(rows, cluster);
    }

    /** The racks or zones that some of 64 rows are in. */
    public Areas areas(Domain domain) {
        return switch (domain) {
            case RACK -> rackAreas;
            case ZONE -> zoneAreas;
            case HOST -> throw new IllegalArgumentException("domain host; accepted: rack, zone");
        };
    }

    /** Whether the row's host reports. */
    public boolean up(int row) {
        return row >> 6 < up.length && (up[row >> 6] & 1L << row) != 0;
    }

    /** The number of the domain that a row's host is in, from 0; -1 if it is in none. */
    public int domain(Domain domain, int row) {
        if (!member(row)) {
            return -1;
        }
        return switch (domain) {
            case HOST -> row;
            case RACK -> racks[row];
            case ZONE -> zones[row];
        };
    }

    /** The name of a domain. */
    public String name(Domain domain, int number, Hosts hosts) {
        return switch (domain) {
            case HOST -> hosts.id(number).value();
            case RACK -> rackNames.name(number);
            case ZONE -> zoneNames.name(number);
        };
    }

    /** The number of the domain of a name, or -1 if no host is in such a one. */
    public int number(Domain domain, String name, Hosts hosts) {
        return switch (domain) {
            case HOST -> hosts.row(new HostId(name));
            case RACK -> rackNames.find(name);
            case ZONE -> zoneNames.find(name);
        };
    }

    /** The names of the first domains, for messages; {@code and n more} at the end if there are more. */
    public List<String> some(Domain domain, int limit, Hosts hosts) {
        List<String> names = new ArrayList<>();
        int more = 0;
        for (int number = 0; number < end(domain); number++) {
            if (domain != Domain.HOST || member(number)) {
                if (names.size() < limit) {
                    names.add(name(domain, number, hosts));
                } else {
                    more++;
                }
            }
        }
        if (more > 0) {
            names.add("and " + more + " more");
        }
        return names;
    }

    /** One past the largest number of a domain. */
    public int end(Domain domain) {
        return switch (domain) {
            case HOST -> racks.length;
            case RACK -> rackNames.size();
            case ZONE -> zoneNames.size();
        };
    }

    /** The number of a row's cluster, or -1. */
    public int cluster(int row) {
        return member(row) ? clusters[row] : -1;
    }

    /** The number of a cluster, or -1 if no host is in it. */
    public int clusterNumber(String name) {
        return clusterNames.find(name);
    }

    /** The name of a cluster. */
    public String clusterName(int number) {
        return clusterNames.name(number);
    }

    /** Numbers names in the order of their first use; filled while a layout is made, then only read. */
    private static final class Names {
        private final List<String> names = new ArrayList<>();
        private final TreeMap<String, Integer> numbers = new TreeMap<>();

        int index(String name) {
            @Nullable Integer known = numbers.get(name);
            if (known != null) {
                return known;
            }
            names.add(name);
            numbers.put(name, names.size() - 1);
            return names.size() - 1;
        }

        int find(String name) {
            @Nullable Integer known = numbers.get(name);
            return known == null ? -1 : known;
        }

        String name(int number) {
            return names.get(number);
        }

        int size() {
            return names.size();
        }
    }
}
