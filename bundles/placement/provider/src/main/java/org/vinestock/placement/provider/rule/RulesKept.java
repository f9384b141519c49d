package org.vinestock.placement.provider.rule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.SiteCheck;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.Violation;
import org.vinestock.placement.rule.PlacementRule;
import org.vinestock.placement.rule.RuleCheck;
import org.vinestock.placement.rule.RuleIndex;

/** Says which VMs are where a rule would not let them go. */
public final class RulesKept implements SiteCheck {
    @Override
    public List<Violation> check(Snapshot before, Snapshot after) {
        List<Violation> broken = new ArrayList<>();
        for (PlacementRule rule : after.rows(PlacementRule.KIND)) {
            RuleIndex index = RuleIndex.of(rule, after);
            for (Vm vm : after.rows(SiteKinds.VM)) {
                @Nullable HostId host = vm.host();
                int row = host == null
                                || !vm.labels()
                                        .has(rule.group().key(), rule.group().value())
                        ? -1
                        : after.hosts().row(host);
                if (row >= 0 && !new RuleCheck(index, index.rules().get(0), vm.id(), after).allows(row)) {
                    broken.add(new Violation(
                            "rule " + rule.id(), "vm " + vm.id() + " on " + host + " breaks it: " + rule.inWords()));
                }
            }
        }
        return broken;
    }
}
