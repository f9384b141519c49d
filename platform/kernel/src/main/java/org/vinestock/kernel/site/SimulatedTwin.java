package org.vinestock.kernel.site;

import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Platform;
import org.vinestock.area.Twin;
import org.vinestock.decision.StrategyRef;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.model.VinestockException;

/**
 * A simulated site. It runs on a thread of {@link TwinThreads} while the caller waits and watches, so this is a class at
 * the edge. When a strategy does not return the caller gets its error, the thread is interrupted and left behind; should
 * it ever come back it stops after some events.
 */
final class SimulatedTwin implements Twin {
    private static final long CHUNK = 1024;
    private static final long LAST_EVENTS = 100_000;

    private final ControlPlane plane;
    private final SimulatedScheduler scheduler;
    private final TwinCalls calls;
    private final TwinThreads threads;
    private volatile @Nullable VinestockException ended;

    SimulatedTwin(ControlPlane plane, SimulatedScheduler scheduler, TwinCalls calls, TwinThreads threads) {
        this.plane = plane;
        this.scheduler = scheduler;
        this.calls = calls;
        this.threads = threads;
    }

    @Override
    public Platform platform() {
        return plane;
    }

    @Override
    public long run(Instant until, long maxEvents) {
        VinestockException end = ended;
        if (end != null) {
            throw new VinestockException(SiteError.TWIN_ENDED, "this simulation has ended: " + end.getMessage());
        }
        FutureTask<Long> run = new FutureTask<>(() -> runChunks(until, maxEvents));
        threads.execute(run);
        return watch(run);
    }

    private long runChunks(Instant until, long maxEvents) {
        long events = 0;
        long ran;
        do {
            long chunk = Math.min(CHUNK, maxEvents - events);
            ran = scheduler.run(until, chunk);
            events += ran;
        } while (ran == CHUNK && events < maxEvents && ended == null);
        return events;
    }

    private long watch(FutureTask<Long> run) {
        TwinWatch watch = new TwinWatch(calls);
        while (true) {
            try {
                return run.get(threads.patience().toNanos() / TwinWatch.LOOKS, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                StrategyRef hanging = watch.look();
                if (hanging != null) {
                    throw hangs(run, hanging);
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw new IllegalStateException("the simulation failed", e.getCause());
            } catch (InterruptedException e) {
                ended = new VinestockException(SiteError.TWIN_ENDED, "its caller was interrupted");
                run.cancel(true);
                Thread.currentThread().interrupt();
                throw ended;
            }
        }
    }

    private VinestockException hangs(FutureTask<Long> run, StrategyRef strategy) {
        VinestockException failure = new VinestockException(
                SiteError.STRATEGY_HANGS,
                strategy.shortName() + " at " + strategy.point() + " did not return within "
                        + threads.patience().toMillis()
                        + " ms in a simulation, which is ended; repair the strategy or simulate with another");
        ended = failure;
        run.cancel(true);
        return failure;
    }

    @Override
    public void close() {
        boolean hung = ended != null;
        if (!hung) {
            for (var point : plane.decisionKernel().roster().standings().values()) {
                point.forEach(standing -> plane.decisionKernel().roster().leave(standing.ref()));
            }
            plane.close();
            run(scheduler.instant(), LAST_EVENTS); // gives back the instances of strategies
            ended = new VinestockException(SiteError.TWIN_ENDED, "it was closed");
        }
    }
}
