package org.vinestock.placement.provider.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.SiteCheck;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.Violation;
import org.vinestock.placement.rule.CompiledRule;
import org.vinestock.placement.rule.RuleCheck;
import org.vinestock.placement.rule.RuleIndex;

/** Says which VMs are where a rule would not let them go. */
public final class RulesKept implements SiteCheck {
    @Override
    public List<Violation> check(Snapshot before, Snapshot after) {
        RuleIndex index = RuleIndex.of(after);
        SortedMap<String, List<Violation>> broken = new TreeMap<>();
        for (Vm vm : after.rows(SiteKinds.VM)) {
            @Nullable HostId host = vm.host();
            int row = host == null ? -1 : after.hosts().row(host);
            for (CompiledRule rule : row < 0 ? List.<CompiledRule>of() : index.about(vm.labels())) {
                if (!new RuleCheck(index, rule, vm.id(), after).allows(row)) {
                    String name = rule.rule().id().value();
                    broken.computeIfAbsent(name, any -> new ArrayList<>())
                            .add(new Violation(
                                    "rule " + name,
                                    "vm " + vm.id() + " on " + host + " breaks it: "
                                            + rule.rule().inWords()));
                }
            }
        }
        return broken.values().stream().flatMap(List::stream).toList();
    }
}
