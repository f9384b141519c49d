package org.vinestock.kernel.compare;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.StrategyRef;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.decide.DecisionKernel;
import org.vinestock.operation.Input;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Role;
import org.vinestock.operation.Step;
import org.vinestock.report.ReportId;
import org.vinestock.trial.TrialRequest;

/** {@code strategy.compare}. */
final class CompareOperation implements Operation<CompareOperation.Asked, Compared> {
    static final OperationType<Asked, Compared> TYPE = new OperationType<>(
            "strategy.compare",
            Asked.class,
            Compared.class,
            Role.OPERATOR,
            "Compare two strategies, each alone in a simulated site where the same happens");

    private final DecisionKernel decisions;
    private final CompareStep step;

    /** Parameters. */
    record Asked(
            @Input(value = "The decision point", at = 0, completedBy = "decision.points#name")
            String point,

            @Input(value = "A strategy, such as best-fit@1.0", at = 1, completedBy = "strategy.list#strategy")
            String first,

            @Input(value = "Another one", at = 2, completedBy = "strategy.list#strategy")
            String second,

            @Input(
                    value = "What happens: demand (made up by the seed), live (what came to this site), or a file of"
                            + " recorded arrivals on the container's machine",
                    byDefault = "demand")
            String on,

            @Input(value = "Number of hosts of the simulated sites; live has those of this site", optional = true)
            @Min(1)
            @Max(20_000)
            @Nullable
            Integer hosts,

            @Input(
                    value =
                            "How many simulated minutes: of demand 720 if left out, of a file all, of live as far back as"
                                    + " is held",
                    optional = true)
            @Min(1)
            @Max(1_000_000)
            @Nullable
            Integer minutes,

            @Input(value = "Decides what is left to chance", byDefault = "1")
            long seed) {}

    CompareOperation(DecisionKernel decisions, CompareStep step) {
        this.decisions = decisions;
        this.step = step;
    }

    @Override
    public OperationType<Asked, Compared> type() {
        return TYPE;
    }

    @Override
    public Plan plan(Asked asked, Planning planning) {
        DecisionPoint<?, ?, ?> point = point(asked.point());
        CompareStep.Arguments arguments = new CompareStep.Arguments(
                new ReportId(planning.newId("report")),
                strategy(point, "first", asked.first()),
                strategy(point, "second", asked.second()),
                new TrialRequest(asked.on(), asked.hosts(), asked.minutes(), asked.seed()));
        step.ground(point.name());
        String title = "compare " + arguments.first().shortName() + " with "
                + arguments.second().shortName() + " on " + asked.on();
        return new Plan(List.of(), List.of(new Step(title, CompareStep.KIND, arguments)));
    }

    @Override
    public Compared result(Asked asked, Plan plan, Snapshot after) {
        return step.result((CompareStep.Arguments) plan.steps().get(0).arguments());
    }

    private DecisionPoint<?, ?, ?> point(String name) {
        Optional<DecisionPoint<?, ?, ?>> found = decisions.point(name);
        if (found.isPresent() && found.get().score().isPresent()) {
            return found.get();
        }
        List<String> accepted = new ArrayList<>();
        for (String known : decisions.points()) {
            decisions
                    .point(known)
                    .filter(point -> point.score().isPresent())
                    .ifPresent(point -> accepted.add(point.name()));
        }
        throw new IllegalArgumentException("point: \"" + name + "\" is "
                + (found.isPresent() ? "a point whose answers have no score" : "unknown") + "; accepted: "
                + (accepted.isEmpty() ? "none is there" : String.join(", ", accepted)));
    }

    private StrategyRef strategy(DecisionPoint<?, ?, ?> point, String field, String typed) {
        List<StrategyRef> known = decisions.strategies(point.name());
        List<StrategyRef> found =
                known.stream().filter(ref -> means(ref, typed)).toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new IllegalArgumentException(field + ": \"" + typed + "\" is "
                + (found.isEmpty() ? "unknown" : "more than one strategy") + " at " + point.name() + "; accepted: "
                + String.join(
                        ", ",
                        (found.isEmpty() ? known : found)
                                .stream()
                                        .map(ref -> found.isEmpty() ? ref.shortName() : full(ref))
                                        .toList()));
    }

    private static boolean means(StrategyRef ref, String typed) {
        return typed.equals(ref.shortName()) || typed.equals(ref.name()) || typed.equals(full(ref));
    }

    private static String full(StrategyRef ref) {
        return ref.shortName() + "#" + ref.digest();
    }
}
