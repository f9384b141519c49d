package org.vinestock.placement.provider.rule;

import java.util.List;
import org.vinestock.inventory.Inventory;
import org.vinestock.operation.Operation;
import org.vinestock.operation.StepHandler;
import org.vinestock.time.Lane;
import org.vinestock.view.View;

/**
 * What this package adds to the area.
 *
 * @param operations on rules
 * @param views of rules
 * @param steps that write rules
 */
public record RuleParts(List<Operation<?, ?>> operations, List<View<?, ?>> views, List<StepHandler<?>> steps) {
    /** Makes them. */
    public RuleParts(Inventory inventory, Lane lane) {
        this(new RuleRows(inventory, lane));
    }

    private RuleParts(RuleRows rows) {
        this(
                List.of(new AddRuleOperation(), new RemoveRuleOperation()),
                List.of(new RulesView()),
                List.of(new PutRule(rows), new RemoveRule(rows)));
    }
}
