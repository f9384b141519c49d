package org.vinestock.placement.provider.rule;

import java.util.List;
import java.util.Optional;
import org.vinestock.inventory.Snapshot;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Step;
import org.vinestock.placement.PlacementOperations;
import org.vinestock.placement.PlacementOperations.AddRule;
import org.vinestock.placement.PlacementOperations.RuleChanged;
import org.vinestock.placement.rule.Demand;
import org.vinestock.placement.rule.Domain;
import org.vinestock.placement.rule.Group;
import org.vinestock.placement.rule.Layout;
import org.vinestock.placement.rule.PlacementRule;
import org.vinestock.placement.rule.RuleIndex;

/** Adds a rule; VMs that break it already stay where they are. */
public final class AddRuleOperation implements Operation<AddRule, RuleChanged> {
    @Override
    public OperationType<AddRule, RuleChanged> type() {
        return PlacementOperations.ADD_RULE;
    }

    @Override
    public Plan plan(AddRule parameters, Planning planning) {
        Snapshot snapshot = planning.snapshot();
        PlacementRule rule = new PlacementRule(parameters.id(), Group.parse(parameters.group()), demand(parameters));
        Optional<PlacementRule> same = snapshot.rows(PlacementRule.KIND).find(rule.id());
        if (same.isPresent()) {
            throw new IllegalArgumentException("rule \"" + rule.id() + "\" is there already: "
                    + same.get().inWords() + "; accepted: a new name, or remove it first");
        }
        if (rule.demand() instanceof Demand.In in) {
            checkNames(in, snapshot);
        }
        return new Plan(
                List.of(rule.id()), List.of(new Step("add rule " + rule.id(), PutRule.KIND, new PutRule.Rule(rule))));
    }

    @Override
    public RuleChanged result(AddRule parameters, Plan plan, Snapshot after) {
        Optional<PlacementRule> rule = after.rows(PlacementRule.KIND).find(parameters.id());
        if (rule.isEmpty()) {
            return new RuleChanged(parameters.id(), "gone again");
        }
        Kept kept = Kept.of(rule.get(), after);
        String broken = kept.broken() == 0
                ? "; all " + kept.members() + " VMs keep it"
                : "; " + kept.broken() + " of " + kept.members() + " VMs break it and stay where they are";
        return new RuleChanged(parameters.id(), rule.get().inWords() + broken);
    }

    private static Demand demand(AddRule parameters) {
        boolean in = parameters.demand() == PlacementOperations.Demanded.IN;
        if (!in && !parameters.names().isEmpty()) {
            throw new IllegalArgumentException("names " + parameters.names() + " mean nothing to a rule \""
                    + parameters.demand() + "\"; accepted: with IN only");
        }
        return switch (parameters.demand()) {
            case TOGETHER -> new Demand.Together(parameters.per());
            case APART -> new Demand.Apart(parameters.per());
            case IN -> new Demand.In(parameters.per(), parameters.names());
            case CAPACITY -> new Demand.AtMost(parameters.per(), parameters.count());
        };
    }

    private static void checkNames(Demand.In in, Snapshot snapshot) {
        Layout layout = RuleIndex.of(snapshot).layout();
        for (String name : in.names()) {
            int number = layout.number(in.domain(), name, snapshot.hosts());
            boolean known = in.domain() == Domain.HOST ? layout.member(number) : number >= 0;
            if (!known) {
                throw new IllegalArgumentException("no " + in.domain() + " \"" + name + "\" is known; accepted: "
                        + String.join(", ", layout.some(in.domain(), 8, snapshot.hosts())));
            }
        }
    }
}
