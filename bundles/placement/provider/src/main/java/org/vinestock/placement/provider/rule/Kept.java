package org.vinestock.placement.provider.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.placement.rule.CompiledRule;
import org.vinestock.placement.rule.PlacementRule;
import org.vinestock.placement.rule.RuleIndex;

/** How many VMs a rule is about, and how many of them are where it would not let them go. */
record Kept(int members, int broken) {
    /** Counts for a rule that need not be one of the snapshot's. */
    static Kept of(PlacementRule rule, Snapshot snapshot) {
        RuleIndex index = RuleIndex.of(rule, snapshot);
        return of(index, index.rules(), snapshot).get(0);
    }

    /** Counts for some rules of an index, in one pass over the VMs. */
    private static List<Kept> of(RuleIndex index, List<CompiledRule> rules, Snapshot snapshot) {
        Groups groups = new Groups(index, rules);
        for (Vm vm : snapshot.rows(SiteKinds.VM)) {
            groups.count(vm, snapshot);
        }
        List<Kept> kept = new ArrayList<>();
        for (Counter counter : groups.counters) {
            kept.add(new Kept(counter.members, counter.broken));
        }
        return kept;
    }

    /** The rules by the label that their VMs have. */
    private static final class Groups {
        private final RuleIndex index;
        private final List<Counter> counters = new ArrayList<>();
        private final TreeMap<String, TreeMap<String, List<Counter>>> byLabel = new TreeMap<>();

        Groups(RuleIndex index, List<CompiledRule> rules) {
            this.index = index;
            for (CompiledRule rule : rules) {
                Counter counter = new Counter(rule);
                counters.add(counter);
                byLabel.computeIfAbsent(rule.rule().group().key(), key -> new TreeMap<>())
                        .computeIfAbsent(rule.rule().group().value(), value -> new ArrayList<>())
                        .add(counter);
            }
        }

        void count(Vm vm, Snapshot snapshot) {
            for (var key : byLabel.entrySet()) {
                @Nullable String value = vm.labels().values().get(key.getKey());
                @Nullable
                List<Counter> about = value == null ? null : key.getValue().get(value);
                if (about != null) {
                    @Nullable HostId host = vm.host();
                    int row = host == null ? -1 : snapshot.hosts().row(host);
                    for (Counter counter : about) {
                        counter.members++;
                        counter.broken += row < 0 || index.isKept(counter.rule, vm.id(), row, snapshot) ? 0 : 1;
                    }
                }
            }
        }
    }

    private static final class Counter {
        private final CompiledRule rule;
        private int members;
        private int broken;

        Counter(CompiledRule rule) {
            this.rule = rule;
        }
    }
}
