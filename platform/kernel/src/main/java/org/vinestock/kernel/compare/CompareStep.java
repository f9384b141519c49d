package org.vinestock.kernel.compare;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Platform;
import org.vinestock.area.TwinSpec;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.Score;
import org.vinestock.decision.StrategyRef;
import org.vinestock.kernel.decide.DecisionKernel;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.report.Report;
import org.vinestock.report.ReportId;
import org.vinestock.report.Reports;
import org.vinestock.time.Lane;
import org.vinestock.trial.Trial;
import org.vinestock.trial.TrialGround;
import org.vinestock.trial.TrialRequest;

/**
 * Runs the two worlds one after the other, in slices of some {@value #SLICE_MILLIS} ms on a lane of its own, so that the live
 * site goes on; then keeps the report. Of the live site nothing changes.
 */
final class CompareStep implements StepHandler<CompareStep.Arguments> {
    static final String KIND = "strategy.compare";

    private static final int SLICE_MILLIS = 20;
    private static final int RESULTS = 100;

    private final Platform live;
    private final DecisionKernel decisions;
    private final Worlds worlds;
    private final ConcurrentNavigableMap<String, Compared> results = new ConcurrentSkipListMap<>();

    /** What to compare. */
    record Arguments(ReportId report, StrategyRef first, StrategyRef second, TrialRequest trial) {}

    CompareStep(Platform live, DecisionKernel decisions, Worlds worlds) {
        this.live = live;
        this.decisions = decisions;
        this.worlds = worlds;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Class<Arguments> argumentsType() {
        return Arguments.class;
    }

    /** Who plays the world. */
    TrialGround ground(String point) {
        return live.services(TrialGround.class).stream()
                .filter(ground -> ground.points().contains(point))
                .findFirst()
                .orElseThrow(() -> new VinestockException(
                        CompareError.NO_WORLD,
                        "no area that is installed plays a world for " + point + "; install one that does (the lab)"));
    }

    /** What came of it; without figures if that was before a restart. */
    Compared result(Arguments arguments) {
        Compared result = results.remove(arguments.report().value());
        return result != null
                ? result
                : new Compared(
                        "see the report",
                        arguments.trial().on(),
                        "",
                        List.of(),
                        arguments.report(),
                        reports().page(arguments.report()));
    }

    private Reports reports() {
        return live.service(Reports.class)
                .orElseThrow(() -> new VinestockException(CompareError.NO_WORLD, "nobody keeps reports here"));
    }

    @Override
    public CompletionStage<?> apply(Arguments arguments, StepContext context) {
        DecisionPoint<?, ?, ?> point = decisions
                .point(arguments.first().point())
                .orElseThrow(() -> new VinestockException(
                        CompareError.NO_WORLD, arguments.first().point() + ": its area has left"));
        return slices(point, arguments, context).start();
    }

    private <Q extends Record, A> Slices<Q, A> slices(
            DecisionPoint<Q, A, ?> point, Arguments arguments, StepContext context) {
        Score<Q, A> score = point.score()
                .orElseThrow(() -> new IllegalArgumentException("point: " + point.name() + " has no score"));
        return new Slices<>(point, score, arguments, context);
    }

    /** Takes nothing back: the twins are gone, and a report that is kept is true. */
    @Override
    public CompletionStage<?> undo(Arguments arguments, StepContext context) {
        return CompletableFuture.completedFuture(null);
    }

    /** What was not kept is done again. */
    @Override
    public CompletionStage<StepState> probe(Arguments arguments, StepContext context) {
        boolean done = results.containsKey(arguments.report().value());
        return CompletableFuture.completedFuture(done ? StepState.DONE : StepState.NOT_BEGUN);
    }

    @Override
    public CompletionStage<String> preview(Arguments arguments, StepContext context) {
        return ground(arguments.first().point())
                .prepare(arguments.trial())
                .thenApplyAsync(
                        trial -> "would run " + arguments.first().shortName() + " and "
                                + arguments.second().shortName() + " in a simulated site each: " + trial.title(),
                        live.scheduler().lane("compare preview"));
    }

    /** One comparison; owned by its lane. */
    private final class Slices<Q extends Record, A> {
        private final DecisionPoint<Q, A, ?> point;
        private final Score<Q, A> score;
        private final Arguments arguments;
        private final StepContext context;
        private final Lane lane = live.scheduler().lane("compare");
        private final CompletableFuture<Report> done = new CompletableFuture<>();
        private final List<Measured> measured = new ArrayList<>();
        private final List<String> hung = new ArrayList<>();
        private long events = 256;
        private long toldNanos;

        Slices(DecisionPoint<Q, A, ?> point, Score<Q, A> score, Arguments arguments, StepContext context) {
            this.point = point;
            this.score = score;
            this.arguments = arguments;
            this.context = context;
        }

        CompletionStage<?> start() {
            CompletionStage<?> unused = ground(point.name())
                    .prepare(arguments.trial())
                    .whenCompleteAsync(
                            (trial, thrown) -> {
                                if (trial != null) {
                                    begin(trial, 0);
                                } else {
                                    fail(thrown);
                                }
                            },
                            lane);
            return done;
        }

        private StrategyRef strategy(int number) {
            return number == 0 ? arguments.first() : arguments.second();
        }

        private void begin(Trial trial, int number) {
            World world;
            try {
                TwinSpec spec =
                        new TwinSpec(arguments.trial().seed(), trial.start(), List.of(strategy(number)), trial.state());
                world = worlds.build(spec, strategy(number), strategy(1 - number));
            } catch (RuntimeException e) {
                fail(e);
                return;
            }
            try {
                slice(trial, number, new TrialRun<>(point, score, strategy(number), trial, world));
            } catch (RuntimeException e) {
                world.close();
                fail(e);
            }
        }

        private void slice(Trial trial, int number, TrialRun<Q, A> run) {
            if (context.cancelled()) {
                run.close();
                fail(new VinestockException(
                        CompareError.CANCELLED,
                        "cancelled while " + strategy(number).shortName() + " had answered " + run.asked()
                                + " questions"));
                return;
            }
            long before = live.scheduler().nanoTime();
            try {
                if (run.run(events)) {
                    measured.add(run.measured());
                    run.close();
                    next(trial, number);
                    return;
                }
                long now = live.scheduler().nanoTime();
                adapt(now - before);
                tell(now, number, run);
                lane.execute(() -> slice(trial, number, run));
            } catch (RuntimeException e) {
                run.close();
                failed(trial, number, e);
            }
        }

        /** A strategy that never returns is named, and the other one is tried all the same: it may be another such. */
        private void failed(Trial trial, int number, RuntimeException failure) {
            if (failure instanceof VinestockException e && e.code().name().equals("STRATEGY_HANGS")) {
                hung.add(String.valueOf(e.getMessage()));
                next(trial, number);
            } else {
                fail(failure);
            }
        }

        private void next(Trial trial, int number) {
            boolean twice = arguments.first().equals(arguments.second());
            if (number == 0 && !(twice && !hung.isEmpty())) {
                events = 256;
                lane.execute(() -> begin(trial, 1));
            } else if (hung.isEmpty()) {
                keep(trial);
            } else {
                fail(new VinestockException(CompareError.STRATEGY_NEVER_RETURNED, String.join("; ", hung)));
            }
        }

        private void adapt(long nanos) {
            if (nanos < SLICE_MILLIS * 500_000L) {
                events = Math.min(events * 2, 1 << 16);
            } else if (nanos > SLICE_MILLIS * 2_000_000L) {
                events = Math.max(events / 2, 16);
            }
        }

        private void tell(long now, int number, TrialRun<Q, A> run) {
            if (now - toldNanos > 250_000_000L) {
                toldNanos = now;
                context.progress(
                        (number + run.share()) / 2,
                        strategy(number).shortName() + ": " + run.asked() + " asked, " + run.refused() + " refused");
            }
        }

        private void keep(Trial trial) {
            Instant now = live.scheduler().instant();
            Comparison comparison =
                    new Comparison(point.name(), trial.title(), score.uses(), arguments.trial(), measured);
            Report report = new ComparisonReport(comparison).report(arguments.report(), now, context.by());
            Compared compared = new Compared(
                    report.verdict(),
                    trial.title(),
                    score.uses(),
                    measured.stream().map(Measured::figures).toList(),
                    report.id(),
                    reports().page(report.id()));
            CompletionStage<?> unused = reports()
                    .keep(report)
                    .whenCompleteAsync(
                            (kept, thrown) -> {
                                if (thrown != null) {
                                    fail(thrown);
                                } else {
                                    results.put(report.id().value(), compared);
                                    while (results.size() > RESULTS) {
                                        results.pollFirstEntry();
                                    }
                                    done.complete(report);
                                }
                            },
                            lane);
        }

        private void fail(@Nullable Throwable thrown) {
            Throwable cause = thrown instanceof CompletionException e && e.getCause() != null ? e.getCause() : thrown;
            done.completeExceptionally(cause == null ? new IllegalStateException("no trial") : cause);
        }
    }
}
