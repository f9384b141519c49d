package org.vinestock.placement.provider.rule;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.placement.rule.PlacementRule;

/** Takes a rule out of the inventory. */
final class RemoveRule implements StepHandler<PutRule.Rule> {
    static final String KIND = "placement.remove-rule";

    private final RuleRows rows;

    RemoveRule(RuleRows rows) {
        this.rows = rows;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Class<PutRule.Rule> argumentsType() {
        return PutRule.Rule.class;
    }

    @Override
    public CompletionStage<?> apply(PutRule.Rule arguments, StepContext context) {
        return rows.remove(arguments.rule());
    }

    @Override
    public CompletionStage<?> undo(PutRule.Rule arguments, StepContext context) {
        return rows.put(arguments.rule());
    }

    @Override
    public CompletionStage<StepState> probe(PutRule.Rule arguments, StepContext context) {
        Optional<PlacementRule> row = context.snapshot()
                .rows(PlacementRule.KIND)
                .find(arguments.rule().id());
        return CompletableFuture.completedFuture(row.isEmpty() ? StepState.DONE : StepState.NOT_BEGUN);
    }

    @Override
    public CompletionStage<String> preview(PutRule.Rule arguments, StepContext context) {
        return CompletableFuture.completedFuture(
                "no longer: " + arguments.rule().inWords());
    }
}
