package org.vinestock.lab.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Platform;
import org.vinestock.area.Twin;
import org.vinestock.area.TwinSpec;
import org.vinestock.decision.StrategyRef;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.lab.LabError;
import org.vinestock.lab.drive.TwinSlices;
import org.vinestock.lab.site.Topology;
import org.vinestock.model.HostId;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.report.Report;
import org.vinestock.report.ReportId;
import org.vinestock.report.Reports;
import org.vinestock.time.Lane;

/** Runs a rehearsal in slices on a lane of its own and keeps the report. Of the live site nothing changes. */
final class RehearseStep implements StepHandler<RehearseStep.Arguments> {
    static final String KIND = "lab.rehearse";

    private static final int SHOWN = 5;
    private static final int RESULTS = 100;

    private final Platform live;
    private final ConcurrentNavigableMap<String, Rehearsed> results = new ConcurrentSkipListMap<>();
    private volatile boolean closed;

    /**
     * What to rehearse.
     *
     * @param at a former revision; null = the present one
     * @param with who places; null = who does so at the live site
     */
    record Arguments(
            ReportId report,
            List<String> fail,
            int minutes,
            @Nullable Long at,
            @Nullable StrategyRef with,
            long seed) {
        Arguments {
            fail = List.copyOf(fail);
        }

        /** The hosts that fail in a state of the site. */
        List<HostId> hosts(Snapshot state) {
            return Rehearsal.hostsOf(fail, Topology.of(state));
        }
    }

    RehearseStep(Platform live) {
        this.live = live;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Class<Arguments> argumentsType() {
        return Arguments.class;
    }

    void close() {
        closed = true;
    }

    /** What came of it; without figures if that was before a restart. */
    Rehearsed result(Arguments arguments) {
        Rehearsed result = results.remove(arguments.report().value());
        return result != null
                ? result
                : new Rehearsed(
                        "see the report",
                        0,
                        0,
                        0,
                        0,
                        0,
                        Duration.ZERO,
                        Duration.ZERO,
                        List.of(),
                        0,
                        0,
                        List.of(),
                        arguments.report(),
                        reports().page(arguments.report()));
    }

    private Reports reports() {
        return live.service(Reports.class)
                .orElseThrow(() -> new VinestockException(LabError.NOTHING_TO_DRIVE, "nobody keeps reports here"));
    }

    private CompletionStage<Snapshot> state(Arguments arguments) {
        Snapshot now = live.inventory().committed();
        Long at = arguments.at();
        return at == null
                ? CompletableFuture.completedStage(now)
                : live.inventory().at(new SnapshotRef(at, now.ref().sample()));
    }

    @Override
    public CompletionStage<?> apply(Arguments arguments, StepContext context) {
        Run run = new Run(arguments, context);
        CompletionStage<?> unused = state(arguments).whenCompleteAsync(run::begin, run.lane);
        return run.done;
    }

    /** Takes nothing back: the twin is gone, and a report that is kept is true. */
    @Override
    public CompletionStage<?> undo(Arguments arguments, StepContext context) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<StepState> probe(Arguments arguments, StepContext context) {
        boolean kept = results.containsKey(arguments.report().value());
        return CompletableFuture.completedFuture(kept ? StepState.DONE : StepState.NOT_BEGUN);
    }

    @Override
    public CompletionStage<String> preview(Arguments arguments, StepContext context) {
        return state(arguments)
                .thenApplyAsync(
                        state ->
                                "would copy the site at revision " + state.ref().revision() + " and take the power of "
                                        + arguments.hosts(state).size() + " of its hosts there",
                        live.scheduler().lane("lab.rehearse.preview"));
    }

    /** One rehearsal; owned by its lane. */
    private final class Run implements TwinSlices.Watcher {
        final CompletableFuture<Void> done = new CompletableFuture<>();
        final Lane lane = live.scheduler().lane("lab.rehearse");
        private final Arguments arguments;
        private final StepContext context;
        private @Nullable Twin twin;
        private @Nullable Rehearsal rehearsal;

        Run(Arguments arguments, StepContext context) {
            this.arguments = arguments;
            this.context = context;
        }

        void begin(@Nullable Snapshot state, @Nullable Throwable thrown) {
            if (state == null) {
                end(thrown);
                return;
            }
            try {
                arguments.hosts(state);
                Instant start = live.scheduler().instant();
                StrategyRef with = arguments.with();
                TwinSpec spec = new TwinSpec(arguments.seed(), start, with == null ? List.of() : List.of(with), state);
                Twin made = live.twins().build(spec);
                twin = made;
                Rehearsal begun = new Rehearsal(made, state, arguments.fail(), arguments.seed());
                rehearsal = begun;
                TwinSlices slices = new TwinSlices(live.scheduler(), lane, made, this);
                slices.runTo(start.plus(Rehearsal.SETTLED), () -> fail(begun, slices, start));
            } catch (RuntimeException e) {
                end(e);
            }
        }

        private void fail(Rehearsal begun, TwinSlices slices, Instant start) {
            begun.fail();
            Instant end = start.plus(Rehearsal.SETTLED).plus(Duration.ofMinutes(arguments.minutes()));
            slices.runTo(end, () -> keep(begun.outcome()));
        }

        @Override
        public void look() {
            if (closed || context.cancelled()) {
                throw new VinestockException(LabError.CANCELLED, "cancelled");
            }
            Rehearsal begun = rehearsal;
            if (begun != null) {
                context.progress(0.5, begun.progress());
            }
        }

        @Override
        public void failed(RuntimeException thrown) {
            end(thrown);
        }

        private void keep(Rehearsal.Outcome outcome) {
            RehearsalReport words = new RehearsalReport(arguments, outcome, strategy());
            Report report = words.report(arguments.report(), live.scheduler().instant(), context.by());
            Rehearsed rehearsed = new Rehearsed(
                    report.verdict(),
                    outcome.before().ref().revision(),
                    outcome.lost().size(),
                    outcome.hostsLeft(),
                    outcome.affected(),
                    outcome.restarts().size(),
                    outcome.backAfter(0.5),
                    outcome.backAfter(1),
                    outcome.rulesBroken(),
                    outcome.coresFree(),
                    outcome.memoryFree(),
                    outcome.down().subList(0, Math.min(SHOWN, outcome.down().size())),
                    report.id(),
                    reports().page(report.id()));
            CompletionStage<?> unused = reports()
                    .keep(report)
                    .whenCompleteAsync(
                            (kept, thrown) -> {
                                if (thrown == null) {
                                    results.put(report.id().value(), rehearsed);
                                    while (results.size() > RESULTS) {
                                        results.pollFirstEntry();
                                    }
                                }
                                end(thrown);
                            },
                            lane);
        }

        private String strategy() {
            StrategyRef with = arguments.with();
            return with == null ? "the strategy in force" : with.shortName();
        }

        private void end(@Nullable Throwable thrown) {
            Twin of = twin;
            twin = null;
            rehearsal = null;
            if (of != null) {
                of.close();
            }
            if (thrown == null) {
                done.complete(null);
            } else {
                done.completeExceptionally(
                        thrown instanceof CompletionException e && e.getCause() != null ? e.getCause() : thrown);
            }
        }
    }
}
