package org.vinestock.kernel.decide;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.strategies.Roster;
import org.vinestock.kernel.strategies.Standing;
import org.vinestock.kernel.strategies.StrategyState;
import org.vinestock.operation.Input;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Role;
import org.vinestock.operation.Step;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;

/**
 * {@code strategy.promote}, {@code strategy.rollback}, {@code strategy.retire}; {@code strategy.canary} is {@link
 * CanaryOperation}. They claim nothing, so that neither a task
 * that hangs nor a freeze keeps anybody from rolling back.
 */
final class StrategyOperations {
    private static final String CHANGE = "strategy.change";

    private final Roster roster;
    /** What the last change of each strategy came to, for its result. */
    private final ConcurrentNavigableMap<String, String> messages = new ConcurrentSkipListMap<>();

    StrategyOperations(Roster roster) {
        this.roster = roster;
    }

    /** What is to be done. */
    enum Action {
        /** Makes it ACTIVE. */
        PROMOTE,
        /** Makes the STANDBY ACTIVE. */
        ROLLBACK,
        /** Takes it out. */
        RETIRE,
        /** Makes the CANARY a SHADOW again. */
        END_CANARY;

        StrategyState leadsTo() {
            return switch (this) {
                case PROMOTE, ROLLBACK -> StrategyState.ACTIVE;
                case RETIRE -> StrategyState.RETIRED;
                case END_CANARY -> StrategyState.SHADOW;
            };
        }
    }

    /** Names a strategy. */
    record OneStrategy(
            @Input(value = "The decision point", at = 0, completedBy = "decision.points#name")
            String point,

            @Input(value = "The strategy, such as acme@1.0", at = 1, completedBy = "strategy.list#strategy")
            String strategy) {}

    /** Names a point. */
    record OnePoint(
            @Input(value = "The decision point", at = 0, completedBy = "decision.points#name")
            String point) {}

    /** What came of it, in words. */
    record Changed(String message) {}

    /** Arguments of the step; the strategy's full name, so that it means the same later. */
    record Change(Action action, String point, String strategy) {}

    List<Operation<?, ?>> operations() {
        return List.of(
                new OfStrategy(
                        type("strategy.promote", OneStrategy.class, "Let a strategy decide; the former one stays warm"),
                        Action.PROMOTE),
                new OfStrategy(type("strategy.retire", OneStrategy.class, "Ask a strategy no longer"), Action.RETIRE),
                new Rollback(type(
                        "strategy.rollback",
                        OnePoint.class,
                        "End the canary; without one, let the strategy on standby decide, at once")));
    }

    List<StepHandler<?>> steps() {
        return List.of(new ChangeStep());
    }

    private static <P extends Record> OperationType<P, Changed> type(String name, Class<P> parameters, String summary) {
        return new OperationType<>(name, parameters, Changed.class, Role.ADMIN, summary);
    }

    private static Plan plan(Action action, Standing standing) {
        String title = action.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " "
                + (action == Action.ROLLBACK
                        ? standing.ref().point()
                        : standing.ref().shortName());
        Change change = new Change(
                action,
                standing.ref().point(),
                standing.ref().shortName() + "#" + standing.ref().digest());
        return new Plan(List.of(), List.of(new Step(title, CHANGE, change)));
    }

    private Changed result(Plan plan) {
        Change change = (Change) plan.steps().get(0).arguments();
        String message = messages.remove(change.point() + " " + change.strategy());
        return new Changed(message == null ? "done" : message);
    }

    private final class OfStrategy implements Operation<OneStrategy, Changed> {
        private final OperationType<OneStrategy, Changed> type;
        private final Action action;

        OfStrategy(OperationType<OneStrategy, Changed> type, Action action) {
            this.type = type;
            this.action = action;
        }

        @Override
        public OperationType<OneStrategy, Changed> type() {
            return type;
        }

        @Override
        public Plan plan(OneStrategy one, Planning planning) {
            return StrategyOperations.plan(action, roster.find(one.point(), one.strategy()));
        }

        @Override
        public Changed result(OneStrategy one, Plan plan, Snapshot after) {
            return StrategyOperations.this.result(plan);
        }
    }

    private final class Rollback implements Operation<OnePoint, Changed> {
        private final OperationType<OnePoint, Changed> type;

        Rollback(OperationType<OnePoint, Changed> type) {
            this.type = type;
        }

        @Override
        public OperationType<OnePoint, Changed> type() {
            return type;
        }

        @Override
        public Plan plan(OnePoint one, Planning planning) {
            return roster.canary(one.point())
                    .map(canary -> StrategyOperations.plan(Action.END_CANARY, canary))
                    .orElseGet(() -> StrategyOperations.plan(Action.ROLLBACK, roster.standby(one.point())));
        }

        @Override
        public Changed result(OnePoint one, Plan plan, Snapshot after) {
            return StrategyOperations.this.result(plan);
        }
    }

    private final class ChangeStep implements StepHandler<Change> {
        @Override
        public String kind() {
            return CHANGE;
        }

        @Override
        public Class<Change> argumentsType() {
            return Change.class;
        }

        @Override
        public CompletionStage<?> apply(Change change, StepContext context) {
            CompletionStage<String> done = switch (change.action()) {
                case PROMOTE -> roster.promote(change.point(), change.strategy(), context.by());
                case RETIRE -> roster.retire(change.point(), change.strategy(), context.by());
                case ROLLBACK -> roster.rollback(change.point(), context.by());
                case END_CANARY -> roster.endTrial(change.point(), change.strategy(), context.by());
            };
            return roster.then(done, message -> messages.put(change.point() + " " + change.strategy(), message));
        }

        @Override
        public CompletionStage<?> undo(Change change, StepContext context) {
            return CompletableFuture.completedFuture(null); // the only step: what failed did nothing
        }

        @Override
        public CompletionStage<StepState> probe(Change change, StepContext context) {
            Standing now = roster.find(change.point(), change.strategy());
            return CompletableFuture.completedFuture(
                    now.kept() == change.action().leadsTo() ? StepState.DONE : StepState.NOT_BEGUN);
        }

        @Override
        public CompletionStage<String> preview(Change change, StepContext context) {
            Standing now = roster.find(change.point(), change.strategy());
            return CompletableFuture.completedFuture("would make " + now.ref().shortName() + " "
                    + change.action().leadsTo() + ", which is " + now.state());
        }
    }
}
