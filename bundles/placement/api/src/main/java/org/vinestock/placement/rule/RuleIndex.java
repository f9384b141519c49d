package org.vinestock.placement.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Derivation;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.HostState;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.ObservedHost;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.ObjectId;
import org.vinestock.model.VmId;

/**
 * The rules of a snapshot, where its hosts stand, and how many VMs of each group that a rule names are in each host, rack
 * and zone. Immutable; a change of a VM costs some microseconds if a rule is about it, next to nothing if none is.
 */
public final class RuleIndex {
    private static final Derivation<RuleIndex> DERIVATION = new Derivation<>() {
        @Override
        public RuleIndex build(Snapshot snapshot) {
            return new RuleIndex(snapshot, snapshot.rows(PlacementRule.KIND));
        }

        @Override
        public RuleIndex update(RuleIndex before, Snapshot earlier, Snapshot now, List<Change> changes) {
            return before.after(earlier, now, changes);
        }
    };

    private final Layout layout;
    private final List<CompiledRule> rules;
    private final TreeMap<String, TreeMap<String, Integer>> groups;
    /** By group. */
    private final List<List<CompiledRule>> rulesOf;

    private final Counts counts;

    private RuleIndex(RuleIndex other, Layout layout, Counts counts) {
        this.layout = layout;
        this.rules = other.rules;
        this.groups = other.groups;
        this.rulesOf = other.rulesOf;
        this.counts = counts;
    }

    private RuleIndex(Snapshot snapshot, Iterable<PlacementRule> wanted) {
        layout = new Layout(snapshot);
        groups = new TreeMap<>();
        List<CompiledRule> compiled = new ArrayList<>();
        rulesOf = new ArrayList<>();
        for (PlacementRule rule : wanted) {
            TreeMap<String, Integer> values =
                    groups.computeIfAbsent(rule.group().key(), key -> new TreeMap<>());
            @Nullable Integer known = values.get(rule.group().value());
            int group = known == null ? rulesOf.size() : known;
            values.put(rule.group().value(), group);
            if (known == null) {
                rulesOf.add(new ArrayList<>());
            }
            CompiledRule each = new CompiledRule(rule, group, layout, snapshot.hosts());
            compiled.add(each);
            rulesOf.get(group).add(each);
        }
        rules = List.copyOf(compiled);
        counts = new Counts(rulesOf);
        if (!rules.isEmpty()) {
            for (Vm vm : snapshot.rows(SiteKinds.VM)) {
                count(counts, snapshot, vm.id().value(), 1);
            }
        }
    }

    /** The index of a snapshot. */
    public static RuleIndex of(Snapshot snapshot) {
        return snapshot.derive(DERIVATION);
    }

    /** The index of a snapshot in which {@code only} were the only rule; looks at every VM. */
    public static RuleIndex of(PlacementRule only, Snapshot snapshot) {
        return new RuleIndex(snapshot, List.of(only));
    }

    /** All rules, in order of their names. */
    public List<CompiledRule> rules() {
        return rules;
    }

    /** Where the hosts stand. */
    public Layout layout() {
        return layout;
    }

    /** The rules that are about a VM with these labels, in order of their names. */
    public List<CompiledRule> about(Labels labels) {
        if (rules.isEmpty() || labels.values().isEmpty()) {
            return List.of();
        }
        List<CompiledRule> found = new ArrayList<>();
        labels.values().forEach((key, value) -> {
            @Nullable TreeMap<String, Integer> values = groups.get(key);
            @Nullable Integer group = values == null ? null : values.get(value);
            if (group != null) {
                found.addAll(rulesOf.get(group));
            }
        });
        found.sort(Comparator.comparing(rule -> rule.rule().id().value()));
        return found;
    }

    /** Whether a VM of a rule's group that should be on the host of a row is where the rule lets it be. */
    public boolean isKept(CompiledRule rule, VmId vm, int row, Snapshot snapshot) {
        return rule.rule().demand() instanceof Demand.Together
                ? new RuleCheck(this, rule, vm, snapshot).allows(row)
                : isKept(rule, row);
    }

    /** The same of a rule that looks at how many there are, or at names: for any VM of its group. */
    boolean isKept(CompiledRule rule, int row) {
        Demand demand = rule.rule().demand();
        int domain = layout.domain(demand.domain(), row);
        if (domain < 0 || demand instanceof Demand.In) {
            return rule.names(domain);
        }
        int most = demand instanceof Demand.AtMost atMost ? atMost.count() : 1;
        return count(rule, demand.domain(), domain) <= most; // it counts there itself
    }

    /** How many VMs of a rule's group are in a domain. */
    int count(CompiledRule rule, Domain domain, int number) {
        return counts.of(rule.group()).of(domain).get(number);
    }

    /** How many VMs of a rule's group are in each domain, by its number. */
    IntColumn counts(CompiledRule rule, Domain domain) {
        return counts.of(rule.group()).of(domain);
    }

    private RuleIndex after(Snapshot earlier, Snapshot now, List<Change> changes) {
        TreeSet<String> vms = new TreeSet<>();
        List<HostId> states = new ArrayList<>();
        for (Change change : changes) {
            ObjectId id = change.id();
            if (change.kind().equals(SiteKinds.VM) || change.kind().equals(SiteKinds.VM_OBSERVED)) {
                if (!rules.isEmpty()) {
                    vms.add(id.value());
                }
            } else if (change.kind().equals(SiteKinds.HOST_OBSERVED)) {
                if (up(earlier, id) != up(now, id)) {
                    states.add(new HostId(id.value()));
                }
            } else if (change.kind().equals(PlacementRule.KIND)
                    || change.kind().equals(SiteKinds.RACK)
                    || (change.kind().equals(SiteKinds.HOST) && moved(earlier, now, id))) {
                return new RuleIndex(now, now.rows(PlacementRule.KIND));
            }
        }
        if (vms.isEmpty() && states.isEmpty()) {
            return this;
        }
        Counts newCounts = new Counts(counts);
        for (String vm : vms) {
            count(newCounts, earlier, vm, -1);
            count(newCounts, now, vm, 1);
        }
        return new RuleIndex(this, states.isEmpty() ? layout : layout.withStates(now, states), newCounts);
    }

    private static boolean up(Snapshot snapshot, ObjectId host) {
        Optional<ObservedHost> row = snapshot.rows(SiteKinds.HOST_OBSERVED).find(host);
        return row.isPresent() && row.get().state() == HostState.UP;
    }

    private static boolean moved(Snapshot earlier, Snapshot now, ObjectId id) {
        Optional<Host> before = earlier.rows(SiteKinds.HOST).find(id);
        Optional<Host> after = now.rows(SiteKinds.HOST).find(id);
        return before.isEmpty()
                || after.isEmpty()
                || !before.get().rack().equals(after.get().rack())
                || !before.get().cluster().equals(after.get().cluster());
    }

    /** Adds what a VM takes in a snapshot to the counts of its groups, once a domain. */
    private void count(Counts target, Snapshot snapshot, String vm, int delta) {
        VmId id = new VmId(vm);
        Optional<Vm> wanted = snapshot.rows(SiteKinds.VM).find(id);
        if (wanted.isEmpty()) {
            return;
        }
        Labels labels = wanted.get().labels();
        for (var key : groups.entrySet()) {
            @Nullable String value = labels.values().get(key.getKey());
            @Nullable Integer group = value == null ? null : key.getValue().get(value);
            if (group != null) {
                Hosts hosts = snapshot.hosts();
                @Nullable HostId host = wanted.get().host();
                int there = host == null ? -1 : hosts.row(host);
                Optional<ObservedVm> seen = snapshot.rows(SiteKinds.VM_OBSERVED).find(id);
                int here = seen.isEmpty() ? -1 : hosts.row(seen.get().host());
                target.put(group, target.of(group).plus(layout, there, here, delta));
            }
        }
    }

    /** By group; written only while an index is made, to copies of what it shares with the one before. */
    private static final class Counts {
        private static final int BITS = 5;
        private static final int BLOCK = 1 << BITS;
        private static final GroupCounts[][] NO_BLOCKS = {};

        private final GroupCounts[][] former;
        private GroupCounts[][] blocks;

        Counts(List<List<CompiledRule>> rulesOf) {
            blocks = new GroupCounts[(rulesOf.size() + BLOCK - 1) >> BITS][BLOCK];
            former = NO_BLOCKS;
            for (int group = 0; group < rulesOf.size(); group++) {
                blocks[group >> BITS][group & (BLOCK - 1)] = GroupCounts.none(rulesOf.get(group));
            }
        }

        Counts(Counts other) {
            former = other.blocks;
            blocks = other.blocks;
        }

        GroupCounts of(int group) {
            return blocks[group >> BITS][group & (BLOCK - 1)];
        }

        void put(int group, GroupCounts counts) {
            int block = group >> BITS;
            if (of(group).equals(counts)) {
                return;
            }
            if (blocks == former) {
                blocks = blocks.clone();
            }
            if (former != NO_BLOCKS && blocks[block] == former[block]) {
                blocks[block] = blocks[block].clone();
            }
            blocks[block][group & (BLOCK - 1)] = counts;
        }
    }
}
