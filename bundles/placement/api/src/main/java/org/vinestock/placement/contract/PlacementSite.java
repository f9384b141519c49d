package org.vinestock.placement.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.HostRow;
import org.vinestock.inventory.OccupantRow;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.HostState;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.site.ClusterId;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.ObservedHost;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.Rack;
import org.vinestock.machines.site.RackId;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.machines.site.ZoneId;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.model.Labels;
import org.vinestock.model.ObjectId;
import org.vinestock.model.VmId;
import org.vinestock.placement.rule.Demand;
import org.vinestock.placement.rule.Group;
import org.vinestock.placement.rule.PlacementRule;
import org.vinestock.placement.rule.RuleId;

/**
 * A site made by hand to try strategies on, with no platform behind it. Every change is a revision. Computes everything
 * anew for each snapshot: right rather than fast.
 *
 * <p>Owned by one thread; the snapshots are immutable.
 */
public final class PlacementSite {
    private final SortedMap<String, SortedMap<String, Record>> tables = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, Long>> putAt = new TreeMap<>();
    private final List<HostId> ids = new ArrayList<>();
    private final SortedMap<String, Integer> rows = new TreeMap<>();
    private final List<Change> log = new ArrayList<>();
    private long logFrom;
    private @Nullable HandMadeSnapshot newest;

    /** Adds a host that is up, in the rack and zone that its name begins with: {@code z1-r2-h07}; cluster {@code main}. */
    public PlacementSite host(String name, int cores, int gib) {
        String[] parts = name.split("-", -1);
        return host(name, parts[0] + "-" + parts[1], parts[0], "main", cores, gib);
    }

    /** Adds a host that is up. */
    public PlacementSite host(String name, String rack, String zone, String cluster, int cores, int gib) {
        HostId id = new HostId(name);
        put(SiteKinds.RACK, new RackId(rack), new Rack(new RackId(rack), new ZoneId(zone)));
        put(SiteKinds.HOST, id, new Host(id, new RackId(rack), new ClusterId(cluster), Labels.NONE, false));
        ObservedHost observed = new ObservedHost(id, HostState.UP, cores * 1000L, ByteCount.ofGib(gib), true);
        return put(SiteKinds.HOST_OBSERVED, id, observed);
    }

    /** Adds {@code zones} times {@code racks} times {@code each} hosts of one size. */
    public PlacementSite hosts(int zones, int racks, int each, int cores, int gib) {
        for (int zone = 1; zone <= zones; zone++) {
            for (int rack = 1; rack <= racks; rack++) {
                for (int host = 1; host <= each; host++) {
                    host(String.format(Locale.ROOT, "z%d-r%d-h%02d", zone, rack, host), cores, gib);
                }
            }
        }
        return this;
    }

    /** Sets or ends maintenance. */
    public PlacementSite maintenance(String name, boolean on) {
        Host host = (Host) row(SiteKinds.HOST, name);
        return put(SiteKinds.HOST, host.id(), new Host(host.id(), host.rack(), host.cluster(), host.labels(), on));
    }

    /** Lets a host fail or come back. */
    public PlacementSite state(String name, HostState state) {
        ObservedHost host = (ObservedHost) row(SiteKinds.HOST_OBSERVED, name);
        ObservedHost changed = new ObservedHost(host.id(), state, host.millicores(), host.size(), host.simulated());
        return put(SiteKinds.HOST_OBSERVED, host.id(), changed);
    }

    /** Takes a host away. */
    public PlacementSite withoutHost(String name) {
        return remove(SiteKinds.HOST, new HostId(name)).remove(SiteKinds.HOST_OBSERVED, new HostId(name));
    }

    /** Says where a VM should be; null = it has no place. */
    public PlacementSite vm(String name, @Nullable String host, double cores, double gib, Labels labels) {
        VmId id = new VmId(name);
        @Nullable HostId place = host == null ? null : new HostId(host);
        return put(SiteKinds.VM, id, new Vm(id, millicores(cores), size(gib), labels, PowerState.RUNNING, place));
    }

    /** Says where a VM is. */
    public PlacementSite seen(String name, String host, double cores, double gib) {
        VmId id = new VmId(name);
        ObservedVm seen = new ObservedVm(id, millicores(cores), size(gib), PowerState.RUNNING, new HostId(host));
        return put(SiteKinds.VM_OBSERVED, id, seen);
    }

    /** Removes a VM altogether. */
    public PlacementSite withoutVm(String name) {
        return remove(SiteKinds.VM, new VmId(name)).remove(SiteKinds.VM_OBSERVED, new VmId(name));
    }

    /** Adds a rule about a group such as {@code app=web}. */
    public PlacementSite rule(String name, String group, Demand demand) {
        RuleId id = new RuleId(name);
        return put(PlacementRule.KIND, id, new PlacementRule(id, Group.parse(group), demand));
    }

    /** Removes a rule. */
    public PlacementSite withoutRule(String name) {
        return remove(PlacementRule.KIND, new RuleId(name));
    }

    /** Puts any row. */
    public <T extends Record> PlacementSite put(Kind<T> kind, ObjectId id, T value) {
        tables.computeIfAbsent(kind.name(), name -> new TreeMap<>()).put(id.value(), value);
        if (value instanceof HostRow && !rows.containsKey(id.value())) {
            rows.put(id.value(), ids.size());
            ids.add(new HostId(id.value()));
        }
        log.add(new Change.Put<>(kind, id, value));
        putAt.computeIfAbsent(kind.name(), name -> new TreeMap<>()).put(id.value(), revision());
        return this;
    }

    /** Removes any row. */
    public PlacementSite remove(Kind<?> kind, ObjectId id) {
        tables.computeIfAbsent(kind.name(), name -> new TreeMap<>()).remove(id.value());
        putAt.computeIfAbsent(kind.name(), name -> new TreeMap<>()).remove(id.value());
        log.add(new Change.Removed(kind, id));
        return this;
    }

    /** Forgets what changed so far: snapshots from now on no longer know it. */
    public PlacementSite forgetChanges() {
        logFrom += log.size();
        log.clear();
        return this;
    }

    /** The site as it is now. */
    public Snapshot snapshot() {
        HandMadeSnapshot known = newest;
        if (known != null && known.ref().revision() == revision()) {
            return known;
        }
        HandMadeSnapshot made = new HandMadeSnapshot(
                revision(), columns(), copied(tables), copied(putAt), logFrom, List.copyOf(log), known);
        newest = made;
        return made;
    }

    private long revision() {
        return logFrom + log.size();
    }

    private static <V> SortedMap<String, SortedMap<String, V>> copied(SortedMap<String, SortedMap<String, V>> maps) {
        SortedMap<String, SortedMap<String, V>> copy = new TreeMap<>();
        maps.forEach((name, map) -> copy.put(name, new TreeMap<>(map)));
        return copy;
    }

    private HandMadeHosts columns() {
        int end = ids.size();
        boolean[] accepts = new boolean[end];
        long[] cpu = new long[end];
        long[] memory = new long[end];
        for (int row = 0; row < end; row++) {
            String name = ids.get(row).value();
            List<HostRow> found = new ArrayList<>();
            for (Kind<? extends Record> kind : List.of(SiteKinds.HOST, SiteKinds.HOST_OBSERVED)) {
                if (table(kind).get(name) instanceof HostRow host) {
                    found.add(host);
                }
            }
            accepts[row] = !found.isEmpty();
            for (HostRow host : found) {
                accepts[row] &= host.accepts();
                cpu[row] += host.millicores();
                memory[row] += host.memory();
            }
        }
        long[] freeCpu = cpu.clone();
        long[] freeMemory = memory.clone();
        take(freeCpu, freeMemory);
        List<HandMadeHosts.Column> columns = new ArrayList<>();
        for (int row = 0; row < end; row++) {
            columns.add(new HandMadeHosts.Column(accepts[row], cpu[row], memory[row], freeCpu[row], freeMemory[row]));
        }
        return new HandMadeHosts(List.copyOf(ids), new TreeMap<>(rows), columns);
    }

    private void take(long[] freeCpu, long[] freeMemory) {
        SortedMap<String, List<OccupantRow>> byVm = new TreeMap<>();
        for (Kind<? extends Record> kind : List.of(SiteKinds.VM, SiteKinds.VM_OBSERVED)) {
            table(kind)
                    .forEach((id, row) ->
                            byVm.computeIfAbsent(id, vm -> new ArrayList<>()).add((OccupantRow) row));
        }
        for (List<OccupantRow> occupants : byVm.values()) {
            SortedMap<Integer, long[]> taken = new TreeMap<>();
            for (OccupantRow occupant : occupants) {
                @Nullable HostId host = occupant.host();
                @Nullable Integer row = host == null ? null : rows.get(host.value());
                if (row != null) {
                    long[] most = taken.computeIfAbsent(row, key -> new long[2]);
                    most[0] = Math.max(most[0], occupant.millicores());
                    most[1] = Math.max(most[1], occupant.memory());
                }
            }
            taken.forEach((row, most) -> {
                freeCpu[row] -= most[0];
                freeMemory[row] -= most[1];
            });
        }
    }

    private SortedMap<String, Record> table(Kind<?> kind) {
        SortedMap<String, Record> table = tables.get(kind.name());
        return table == null ? new TreeMap<>() : table;
    }

    private Record row(Kind<?> kind, String name) {
        @Nullable Record row = table(kind).get(name);
        if (row == null) {
            throw new IllegalArgumentException(kind + " \"" + name + "\" is not there; accepted: one that was added");
        }
        return row;
    }

    private static long millicores(double cores) {
        return Math.round(cores * 1000);
    }

    private static ByteCount size(double gib) {
        return new ByteCount(Math.round(gib * (1L << 30)));
    }
}
