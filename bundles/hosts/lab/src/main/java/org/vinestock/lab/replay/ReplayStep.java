package org.vinestock.lab.replay;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Platform;
import org.vinestock.area.Twin;
import org.vinestock.area.TwinSpec;
import org.vinestock.decision.StrategyRef;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Snapshot;
import org.vinestock.lab.LabError;
import org.vinestock.lab.LabOperations;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * Replays a trace in slices of some {@value #SLICE_MILLIS} ms on a lane of its own, so that the live site goes on, and
 * keeps what came of it in the inventory.
 */
final class ReplayStep implements StepHandler<ReplayStep.Arguments> {
    static final String KIND = "lab.replay";

    private static final int SLICE_MILLIS = 20;
    private static final int KEPT = 100;
    /** Longer than any trace; a replay that comes so far is stuck. */
    private static final Duration AT_MOST = Duration.ofDays(10_000);

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Platform live;
    private volatile boolean closed;

    /**
     * What to replay.
     *
     * @param strategy null = the one that is active
     */
    record Arguments(ReplayId id, String file, @Nullable StrategyRef strategy, LabOperations.BuildSite site) {}

    ReplayStep(Platform live) {
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

    @Override
    public CompletionStage<?> apply(Arguments arguments, StepContext context) {
        Lane lane = live.scheduler().lane("lab.replay");
        Slices slices = new Slices(arguments, context, lane);
        lane.execute(slices::begin);
        return slices.done;
    }

    /** Takes nothing back: the twin is gone, and a result that is kept is true. */
    @Override
    public CompletionStage<?> undo(Arguments arguments, StepContext context) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<StepState> probe(Arguments arguments, StepContext context) {
        boolean kept = context.snapshot().rows(Replay.KIND).find(arguments.id()).isPresent();
        return CompletableFuture.completedFuture(kept ? StepState.DONE : StepState.NOT_BEGUN);
    }

    @Override
    public CompletionStage<String> preview(Arguments arguments, StepContext context) {
        return CompletableFuture.supplyAsync(
                () -> {
                    ArrivalTrace trace = TraceReader.read(Path.of(arguments.file()));
                    return "replays " + trace.vms() + " VMs of " + hours(trace.seconds()) + " h on "
                            + arguments.site().hosts() + " hosts";
                },
                live.scheduler().lane("lab.replay.preview"));
    }

    void close() {
        closed = true;
    }

    private static String hours(long seconds) {
        return String.valueOf(Math.round(seconds / 360.0) / 10.0);
    }

    /** One replay; owned by its lane. */
    private final class Slices {
        final CompletableFuture<Void> done = new CompletableFuture<>();
        private final Arguments arguments;
        private final StepContext context;
        private final Lane lane;
        private final Scheduler scheduler = live.scheduler();
        private long events = 256;
        private long begunNanos;
        private long toldNanos;
        private @Nullable Twin twin;
        private @Nullable ReplayRun run;
        private @Nullable ArrivalTrace trace;

        Slices(Arguments arguments, StepContext context, Lane lane) {
            this.arguments = arguments;
            this.context = context;
            this.lane = lane;
        }

        void begin() {
            begunNanos = scheduler.nanoTime();
            try {
                trace = TraceReader.read(Path.of(arguments.file()));
                @Nullable StrategyRef strategy = arguments.strategy();
                twin = live.twins()
                        .build(new TwinSpec(
                                arguments.site().seed(), START, strategy == null ? List.of() : List.of(strategy)));
                run = new ReplayRun(twin.platform(), trace, arguments.site());
                run.begin();
            } catch (RuntimeException e) {
                end(e);
                return;
            }
            slice(twin, run, trace);
        }

        private void slice(Twin of, ReplayRun driver, ArrivalTrace arrivals) {
            if (closed || context.cancelled()) {
                end(new VinestockException(
                        LabError.CANCELLED,
                        "cancelled after " + driver.counts().ended() + " of " + arrivals.vms() + " VMs"));
                return;
            }
            long before = scheduler.nanoTime();
            try {
                long ran = of.run(START.plus(AT_MOST), events);
                RuntimeException failure = driver.failure();
                if (failure != null) {
                    end(failure);
                } else if (driver.ended()) {
                    keep(driver, arrivals);
                } else if (ran < events) {
                    end(new VinestockException(LabError.REPLAY_STUCK, "nothing happens any more in the twin"));
                } else {
                    long now = scheduler.nanoTime();
                    adapt(now - before);
                    tell(now, driver, arrivals);
                    lane.execute(() -> slice(of, driver, arrivals));
                }
            } catch (RuntimeException e) {
                end(e);
            }
        }

        private void adapt(long nanos) {
            if (nanos < SLICE_MILLIS * 500_000L) {
                events = Math.min(events * 2, 1 << 20);
            } else if (nanos > SLICE_MILLIS * 2_000_000L) {
                events = Math.max(events / 2, 16);
            }
        }

        private void tell(long now, ReplayRun driver, ArrivalTrace arrivals) {
            if (now - toldNanos > 250_000_000L) {
                toldNanos = now;
                ReplayCounts counts = driver.counts();
                context.progress(
                        driver.share(),
                        hours(driver.passed().toSeconds()) + " of " + hours(arrivals.seconds()) + " h, " + counts.placed
                                + " placed, " + counts.refused + " refused");
            }
        }

        private void keep(ReplayRun driver, ArrivalTrace arrivals) {
            Replay replay = replay(driver, arrivals, Duration.ofNanos(scheduler.nanoTime() - begunNanos));
            Snapshot head = live.inventory().head();
            List<Replay> kept = ReplaysView.newestFirst(head);
            List<Change> changes = new ArrayList<>();
            changes.add(new Change.Put<>(Replay.KIND, replay.id(), replay));
            for (Replay old : kept.subList(Math.min(KEPT - 1, kept.size()), kept.size())) {
                changes.add(new Change.Removed(Replay.KIND, old.id()));
            }
            live.inventory()
                    .commit(new ChangeSet(head.ref().revision(), changes))
                    .whenCompleteAsync((commit, thrown) -> end(thrown), lane);
        }

        private Replay replay(ReplayRun driver, ArrivalTrace arrivals, Duration wall) {
            ReplayCounts counts = driver.counts();
            LabOperations.BuildSite site = arguments.site();
            @Nullable StrategyRef strategy = arguments.strategy();
            Duration simulated = driver.passed();
            return new Replay(
                    arguments.id(),
                    String.valueOf(Path.of(arguments.file()).getFileName()),
                    strategy == null ? counts.strategy : strategy.shortName(),
                    site.hosts(),
                    site.cores(),
                    site.memory(),
                    site.seed(),
                    arrivals.vms(),
                    counts.placed,
                    counts.refused,
                    counts.failed,
                    counts.peak,
                    rounded(counts.hostsMean()),
                    counts.hostsPeak(),
                    counts.decisions,
                    counts.byFallback,
                    rounded(counts.decisions / (simulated.toMillis() / 1000.0)),
                    rounded(counts.decisions / (wall.toNanos() / 1e9)),
                    simulated,
                    Duration.ofMillis(wall.toMillis()));
        }

        private static double rounded(double value) {
            return Math.round(value * 100) / 100.0;
        }

        private void end(@Nullable Throwable failure) {
            Twin of = twin;
            twin = null;
            run = null;
            trace = null;
            if (of != null) {
                of.close();
            }
            if (failure == null) {
                done.complete(null);
            } else {
                done.completeExceptionally(failure);
            }
        }
    }
}
