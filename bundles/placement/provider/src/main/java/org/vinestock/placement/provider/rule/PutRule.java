package org.vinestock.placement.provider.rule;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.placement.rule.PlacementRule;

/** Puts a rule into the inventory. */
final class PutRule implements StepHandler<PutRule.Rule> {
    static final String KIND = "placement.put-rule";

    private final RuleRows rows;

    PutRule(RuleRows rows) {
        this.rows = rows;
    }

    /** Arguments: the rule. */
    record Rule(PlacementRule rule) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Class<Rule> argumentsType() {
        return Rule.class;
    }

    @Override
    public CompletionStage<?> apply(Rule arguments, StepContext context) {
        return rows.put(arguments.rule());
    }

    @Override
    public CompletionStage<?> undo(Rule arguments, StepContext context) {
        return rows.remove(arguments.rule());
    }

    @Override
    public CompletionStage<StepState> probe(Rule arguments, StepContext context) {
        Optional<PlacementRule> row = context.snapshot()
                .rows(PlacementRule.KIND)
                .find(arguments.rule().id());
        return CompletableFuture.completedFuture(
                row.equals(Optional.of(arguments.rule())) ? StepState.DONE : StepState.NOT_BEGUN);
    }

    @Override
    public CompletionStage<String> preview(Rule arguments, StepContext context) {
        Kept kept = Kept.of(arguments.rule(), context.snapshot());
        return CompletableFuture.completedFuture(
                arguments.rule().inWords() + "; " + kept.broken() + " of " + kept.members() + " VMs would break it");
    }
}
