package org.vinestock.placement.provider.rule;

import java.util.List;
import org.vinestock.inventory.Snapshot;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Step;
import org.vinestock.placement.PlacementOperations;
import org.vinestock.placement.PlacementOperations.OneRule;
import org.vinestock.placement.PlacementOperations.RuleChanged;
import org.vinestock.placement.rule.PlacementRule;

/** Removes a rule. */
public final class RemoveRuleOperation implements Operation<OneRule, RuleChanged> {
    @Override
    public OperationType<OneRule, RuleChanged> type() {
        return PlacementOperations.REMOVE_RULE;
    }

    @Override
    public Plan plan(OneRule parameters, Planning planning) {
        PlacementRule rule = planning.snapshot()
                .rows(PlacementRule.KIND)
                .find(parameters.id())
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no rule \"" + parameters.id() + "\"; accepted: one that placement.rules shows"));
        return new Plan(
                List.of(rule.id()),
                List.of(new Step("remove rule " + rule.id(), RemoveRule.KIND, new PutRule.Rule(rule))));
    }

    @Override
    public RuleChanged result(OneRule parameters, Plan plan, Snapshot after) {
        return new RuleChanged(parameters.id(), "removed");
    }
}
