package org.vinestock.kernel.decide;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.canary.Condition;
import org.vinestock.kernel.canary.Share;
import org.vinestock.kernel.canary.Terms;
import org.vinestock.kernel.canary.Then;
import org.vinestock.kernel.strategies.Roster;
import org.vinestock.kernel.strategies.Standing;
import org.vinestock.kernel.strategies.StrategyState;
import org.vinestock.model.Labels;
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

/** {@code strategy.canary}: lets a strategy decide about some of the subjects for a while. Claims nothing. */
final class CanaryOperation implements Operation<CanaryOperation.Wanted, CanaryOperation.Begun> {
    private static final String NAME = "strategy.canary";
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(30);

    private final Roster roster;
    private final InstantSource time;
    /** What the last trial of each strategy began with, for its result. */
    private final ConcurrentNavigableMap<String, String> messages = new ConcurrentSkipListMap<>();

    CanaryOperation(Roster roster, InstantSource time) {
        this.roster = roster;
        this.time = time;
    }

    /** Whom, about what, how long. */
    record Wanted(
            @Input(value = "The decision point", at = 0, completedBy = "decision.points#name")
            String point,

            @Input(value = "The strategy, such as acme@1.0", at = 1, completedBy = "strategy.list#strategy")
            String strategy,

            @Input(
                    value =
                            "Share of the subjects in percent, such as 10, 10pct or '10%', which wants quotes; the same one is always on the same side",
                    optional = true)
            @Nullable
            String share,

            @Input("Only subjects with these labels, such as team=web")
            Labels selector,

            @Input(value = "How long, 1s to 30d", byDefault = "30m")
            Duration for_,

            @Input(
                    "What ends it early, such as 'fallbacks>2%', 'violations>0', 'p99>2ms', 'refusals>active+1%', 'bad-outcomes>3',"
                            + " or without quotes fallbacks:2pct; 'violations>0' and 'fallbacks>5%' if left out")
            List<String> abortIf,

            @Input(value = "What follows: shadow, or promote", byDefault = "SHADOW")
            Then then,

            @Input(value = "Questions from which shares and times are judged", byDefault = "30") @Min(1) @Max(1_000_000)
            int sample) {
        /** Copies the list. */
        Wanted {
            abortIf = List.copyOf(abortIf);
        }

        /** The terms of a trial that begins now; what is wrong with them is told by field. */
        Terms terms(Instant now) {
            if (share == null && selector.values().isEmpty()) {
                throw new IllegalArgumentException(
                        "share: it says about whom the strategy decides; accepted: --share 10, --selector team=web, or both");
            }
            if (for_.compareTo(SHORTEST) < 0 || for_.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("for: " + for_ + "; accepted: 1s to 30d");
            }
            return new Terms(new Share(hundredths(), selector), conditions(), sample, now, now.plus(for_), then);
        }

        private int hundredths() {
            try {
                return share == null ? Share.ALL : Share.parse(share);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("share: " + e.getMessage(), e);
            }
        }

        private List<Condition> conditions() {
            List<Condition> conditions = new ArrayList<>();
            for (String text : abortIf) {
                try {
                    conditions.add(Condition.parse(text));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("abort-if: " + e.getMessage(), e);
                }
            }
            return conditions.isEmpty() ? Terms.USUAL : conditions;
        }

        /** The same about the strategy's full name, so that it means the same later. */
        Wanted of(Standing standing) {
            String full = standing.ref().shortName() + "#" + standing.ref().digest();
            return new Wanted(point, full, share, selector, for_, abortIf, then, sample);
        }
    }

    /** What came of it, in words. */
    record Begun(String message) {}

    @Override
    public OperationType<Wanted, Begun> type() {
        return new OperationType<>(
                NAME,
                Wanted.class,
                Begun.class,
                Role.ADMIN,
                "Let a strategy decide about some of the subjects for a while; it steps back by itself");
    }

    @Override
    public Plan plan(Wanted wanted, Planning planning) {
        Standing standing = roster.find(wanted.point(), wanted.strategy());
        Terms terms = wanted.terms(time.instant());
        String title =
                "try " + standing.ref().shortName() + " on " + terms.share().text();
        return new Plan(List.of(), List.of(new Step(title, NAME, wanted.of(standing))));
    }

    @Override
    public Begun result(Wanted wanted, Plan plan, Snapshot after) {
        Wanted done = (Wanted) plan.steps().get(0).arguments();
        String message = messages.remove(done.point() + " " + done.strategy());
        return new Begun(message == null ? "done" : message);
    }

    List<StepHandler<?>> steps() {
        return List.of(new Begin());
    }

    private final class Begin implements StepHandler<Wanted> {
        @Override
        public String kind() {
            return NAME;
        }

        @Override
        public Class<Wanted> argumentsType() {
            return Wanted.class;
        }

        @Override
        public CompletionStage<?> apply(Wanted wanted, StepContext context) {
            CompletionStage<String> begun =
                    roster.tryOut(wanted.point(), wanted.strategy(), wanted.terms(time.instant()), context.by());
            return roster.then(begun, message -> messages.put(wanted.point() + " " + wanted.strategy(), message));
        }

        @Override
        public CompletionStage<?> undo(Wanted wanted, StepContext context) {
            return CompletableFuture.completedFuture(null); // the only step: what failed did nothing
        }

        @Override
        public CompletionStage<StepState> probe(Wanted wanted, StepContext context) {
            boolean tried = roster.find(wanted.point(), wanted.strategy()).kept() == StrategyState.CANARY;
            return CompletableFuture.completedFuture(tried ? StepState.DONE : StepState.NOT_BEGUN);
        }

        @Override
        public CompletionStage<String> preview(Wanted wanted, StepContext context) {
            Standing now = roster.find(wanted.point(), wanted.strategy());
            Terms terms = wanted.terms(time.instant());
            return CompletableFuture.completedFuture("would let " + now.ref().shortName() + ", which is " + now.state()
                    + ", decide about " + terms.text() + ", unless "
                    + String.join(
                            " or ",
                            terms.abortIf().stream().map(Condition::toString).toList()));
        }
    }
}
