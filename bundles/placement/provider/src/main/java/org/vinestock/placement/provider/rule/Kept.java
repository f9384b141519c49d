package org.vinestock.placement.provider.rule;

import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.placement.rule.PlacementRule;
import org.vinestock.placement.rule.RuleCheck;
import org.vinestock.placement.rule.RuleIndex;

/** How many VMs a rule is about, and how many of them are where it would not let them go. */
record Kept(int members, int broken) {
    static Kept of(PlacementRule rule, Snapshot snapshot) {
        RuleIndex index = RuleIndex.of(rule, snapshot);
        int members = 0;
        int broken = 0;
        for (Vm vm : snapshot.rows(SiteKinds.VM)) {
            if (vm.labels().has(rule.group().key(), rule.group().value())) {
                members++;
                @Nullable HostId host = vm.host();
                int row = host == null ? -1 : snapshot.hosts().row(host);
                if (row >= 0 && !new RuleCheck(index, index.rules().get(0), vm.id(), snapshot).allows(row)) {
                    broken++;
                }
            }
        }
        return new Kept(members, broken);
    }
}
