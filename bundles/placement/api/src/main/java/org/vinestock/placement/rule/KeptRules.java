package org.vinestock.placement.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Derivation;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.site.HostVms;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.VmId;

/**
 * How many VMs each rule of a snapshot is about, and how many of them are where it would not let them go: the same as asking
 * {@link RuleIndex#isKept} about each VM, from counts by host. Immutable.
 */
public final class KeptRules {
    /** Of so few VMs that count somewhere one may be all of them: it counts where it should be and where it is. */
    private static final int ALONE = 2;

    private static final Derivation<Wanted> DERIVATION = new Derivation<>() {
        @Override
        public Wanted build(Snapshot snapshot) {
            return new Wanted(snapshot);
        }

        @Override
        public Wanted update(Wanted before, Snapshot earlier, Snapshot now, List<Change> changes) {
            return before.after(earlier, now, changes);
        }
    };

    private final Snapshot snapshot;
    private final RuleIndex index;
    private final Wanted wanted;

    private KeptRules(Snapshot snapshot) {
        this.snapshot = snapshot;
        index = RuleIndex.of(snapshot);
        wanted = snapshot.derive(DERIVATION);
    }

    /** Those of a snapshot. */
    public static KeptRules of(Snapshot snapshot) {
        return new KeptRules(snapshot);
    }

    /** How many VMs one of the snapshot's rules is about. */
    public int members(CompiledRule rule) {
        return wanted.members[wanted.group(rule.rule().group())];
    }

    /** How many of these should be on a host where the rule would not let them go. */
    public int broken(CompiledRule rule) {
        IntColumn byRow = wanted.byRow[wanted.group(rule.rule().group())];
        if (rule.rule().demand() instanceof Demand.Together) {
            return total(byRow) - together(rule, byRow);
        }
        int broken = 0;
        for (int row = byRow.skip(0); row < byRow.end(); row = byRow.skip(row + 1)) {
            broken += index.isKept(rule, row) ? 0 : byRow.get(row);
        }
        return broken;
    }

    private static int total(IntColumn byRow) {
        int total = 0;
        for (int row = byRow.skip(0); row < byRow.end(); row = byRow.skip(row + 1)) {
            total += byRow.get(row);
        }
        return total;
    }

    /**
     * How many VMs are with the others. Each is asked where the others are; as long as it is not alone somewhere, that is
     * where all are. So only those that may be alone are asked one by one.
     */
    private int together(CompiledRule rule, IntColumn byRow) {
        Domain domain = rule.rule().demand().domain();
        TreeMap<Integer, Integer> counts = new TreeMap<>();
        IntColumn all = index.counts(rule, Domain.HOST);
        for (int row = all.skip(0); row < all.end() && counts.size() <= ALONE + 1; row = all.skip(row + 1)) {
            if (index.layout().up(row)) {
                counts.merge(index.layout().domain(domain, row), all.get(row), Integer::sum);
            }
        }
        if (counts.size() > ALONE + 1) {
            return 0; // without any one of them the others are in several still
        }
        @Nullable Integer only = counts.size() == 1 ? counts.firstKey() : null;
        int kept = 0;
        for (int row = byRow.skip(0); row < byRow.end(); row = byRow.skip(row + 1)) {
            int there = index.layout().domain(domain, row);
            boolean with = counts.isEmpty() ? there >= 0 : only != null && there == only;
            kept += with ? byRow.get(row) : 0;
        }
        for (VmId vm : perhapsAlone(all, domain, counts)) {
            int row = row(vm);
            boolean counted = only != null && index.layout().domain(domain, row) == only;
            kept += row >= 0 && !counted && has(vm, rule) && index.isKept(rule, vm, row, snapshot) ? 1 : 0;
        }
        return kept;
    }

    private Iterable<VmId> perhapsAlone(IntColumn all, Domain domain, Map<Integer, Integer> counts) {
        TreeMap<String, VmId> found = new TreeMap<>();
        for (int row = all.skip(0); row < all.end(); row = all.skip(row + 1)) {
            @Nullable
            Integer count = index.layout().up(row) ? counts.get(index.layout().domain(domain, row)) : null;
            if (count != null && count <= ALONE) {
                HostVms.of(snapshot).on(row).forEach(vm -> found.put(vm.value(), vm));
            }
        }
        return found.values();
    }

    private int row(VmId vm) {
        @Nullable
        HostId host = snapshot.rows(SiteKinds.VM).find(vm).map(Vm::host).orElse(null);
        return host == null ? -1 : snapshot.hosts().row(host);
    }

    private boolean has(VmId vm, CompiledRule rule) {
        Group group = rule.rule().group();
        Optional<Vm> row = snapshot.rows(SiteKinds.VM).find(vm);
        return row.isPresent() && row.get().labels().has(group.key(), group.value());
    }

    /** The VMs of each group that a rule names: how many, and how many should be on each host. */
    private static final class Wanted {
        private final TreeMap<String, TreeMap<String, Integer>> groups;
        private final int[] members;
        private final IntColumn[] byRow;

        private Wanted(Wanted other) {
            groups = other.groups;
            members = other.members.clone();
            byRow = other.byRow.clone();
        }

        Wanted(Snapshot snapshot) {
            groups = new TreeMap<>();
            int end = 0;
            for (PlacementRule rule : snapshot.rows(PlacementRule.KIND)) {
                TreeMap<String, Integer> values =
                        groups.computeIfAbsent(rule.group().key(), key -> new TreeMap<>());
                end += values.putIfAbsent(rule.group().value(), end) == null ? 1 : 0;
            }
            members = new int[end];
            byRow = new IntColumn[end];
            Arrays.fill(byRow, IntColumn.EMPTY);
            if (end > 0) {
                for (Vm vm : snapshot.rows(SiteKinds.VM)) {
                    count(vm, snapshot, 1);
                }
            }
        }

        int group(Group group) {
            @Nullable TreeMap<String, Integer> values = groups.get(group.key());
            @Nullable Integer number = values == null ? null : values.get(group.value());
            if (number == null) {
                throw new IllegalArgumentException("no rule of this snapshot is about " + group);
            }
            return number;
        }

        Wanted after(Snapshot earlier, Snapshot now, List<Change> changes) {
            TreeSet<String> vms = new TreeSet<>();
            for (Change change : changes) {
                if (change.kind().equals(PlacementRule.KIND)) {
                    return new Wanted(now);
                } else if (change.kind().equals(SiteKinds.VM) && !groups.isEmpty()) {
                    vms.add(change.id().value());
                }
            }
            if (vms.isEmpty()) {
                return this;
            }
            Wanted changed = new Wanted(this);
            for (String name : vms) {
                VmId id = new VmId(name);
                earlier.rows(SiteKinds.VM).find(id).ifPresent(vm -> changed.count(vm, earlier, -1));
                now.rows(SiteKinds.VM).find(id).ifPresent(vm -> changed.count(vm, now, 1));
            }
            return changed;
        }

        private void count(Vm vm, Snapshot snapshot, int delta) {
            for (var key : groups.entrySet()) {
                @Nullable String value = vm.labels().values().get(key.getKey());
                @Nullable Integer group = value == null ? null : key.getValue().get(value);
                if (group != null) {
                    @Nullable HostId host = vm.host();
                    int row = host == null ? -1 : snapshot.hosts().row(host);
                    members[group] += delta;
                    byRow[group] = row < 0 ? byRow[group] : byRow[group].plus(row, delta);
                }
            }
        }
    }
}
