package org.vinestock.kernel.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.inventory.Past;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.act.ActError;
import org.vinestock.kernel.plugin.StrategyOffer;
import org.vinestock.kernel.plugin.Worker;
import org.vinestock.kernel.replay.Asking.Question;
import org.vinestock.model.ErrorCode;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.StepContext;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * One replay. On its lane it reads decisions and goes from state to state; the strategy is asked on a worker of its own,
 * some hundred questions at a time, while the next are made ready, and a watch looks whether its calls return. Whoever does
 * not return is left behind with its thread, and the replay fails naming it.
 */
final class ReplayRun<Q extends Record, A, O extends Record> {
    private static final int BATCH = 256;
    /** How many batches the worker has at most: one that is asked, one that is ready. */
    private static final int READY = 2;

    private static final Duration LOOK = Duration.ofMillis(250);

    private final DecisionPoint<Q, A, O> point;
    private final StrategyOffer offer;
    private final Worker worker;
    private final BooleanSupplier present;
    private final Past past;
    private final RecordedDecisions<Q, A, O> decisions;
    private final Asking<Q, A, O> asking;
    private final Duration patience;
    private final int total;
    private final StepContext context;
    private final Scheduler scheduler;
    private final Lane lane;
    private final Tally tally = new Tally();
    private final CompletableFuture<Replayed> done = new CompletableFuture<>();
    private final Instant at;
    private final long begun;
    private final String id;
    private int given;
    private int asked;
    private int handedOver;
    private boolean allGiven;
    private @Nullable Runnable next;
    private long stateless;
    private @Nullable Cancellable watch;

    /**
     * What a replay is made of.
     *
     * @param id of the replay
     * @param worker where the strategy is called; ended by the replay
     * @param present whether the strategy is still there
     * @param steps of a question's budget
     * @param patience how long a call may take before it is left behind
     * @param total how many questions are asked at most
     */
    record Setup<Q extends Record, A, O extends Record>(
            String id,
            DecisionPoint<Q, A, O> point,
            StrategyOffer offer,
            Worker worker,
            BooleanSupplier present,
            Past past,
            RecordedDecisions<Q, A, O> decisions,
            long steps,
            Duration patience,
            int total) {}

    ReplayRun(Setup<Q, A, O> setup, StepContext context, Scheduler scheduler, Lane lane) {
        id = setup.id();
        point = setup.point();
        offer = setup.offer();
        worker = setup.worker();
        present = setup.present();
        past = setup.past();
        decisions = setup.decisions();
        asking = new Asking<>(point, offer, worker, scheduler, setup.steps(), tally);
        patience = setup.patience();
        total = setup.total();
        this.context = context;
        this.scheduler = scheduler;
        this.lane = lane;
        at = scheduler.instant();
        begun = scheduler.nanoTime();
    }

    /** What came of it; complete once the stage of {@link #run} is. */
    Tally tally() {
        return tally;
    }

    CompletionStage<Replayed> run() {
        worker.urgent(false);
        look();
        lane.execute(this::page);
        return done;
    }

    private void look() {
        watch = scheduler.after(LOOK, lane, () -> {
            if (done.isDone()) {
                return;
            }
            if (Asking.hangs(asking.callSince(), scheduler.nanoTime(), patience)) {
                String stack = worker.stack();
                worker.abandon();
                fail(
                        ReplayError.STRATEGY_HANGS,
                        offer.ref().shortName() + " did not return within " + patience.toMillis()
                                + " ms and was left behind with its thread " + worker.name() + " "
                                + stack.lines().findFirst().orElse(""));
                return;
            }
            look();
        });
    }

    private void page() {
        if (!goesOn()) {
            return;
        }
        var unused = decisions
                .next()
                .whenCompleteAsync(
                        (page, thrown) -> {
                            if (thrown != null) {
                                end(thrown);
                            } else if (page.isEmpty()) {
                                allGiven();
                            } else {
                                states(page, 0, new ArrayList<>());
                            }
                        },
                        lane);
    }

    private boolean goesOn() {
        if (done.isDone()) {
            return false;
        }
        if (context.cancelled()) {
            return fail(ActError.CANCELLED, "cancelled after " + asked + " questions");
        }
        if (!present.getAsBoolean()) {
            return fail(ReplayError.STRATEGY_LEFT, offer.ref().shortName() + " left after " + asked + " questions");
        }
        return true;
    }

    /** Goes from state to state, from a place in the page on, until there are enough to ask. */
    private void states(List<Recorded<Q, A, O>> page, int from, List<Question<Q, A, O>> batch) {
        int i = from;
        while (i < page.size() && batch.size() < BATCH && given < total) {
            given++;
            Recorded<Q, A, O> recorded = page.get(i);
            CompletableFuture<Snapshot> state = past.at(recorded.state()).toCompletableFuture();
            int behind = i + 1;
            if (!state.isDone()) {
                var unused = state.whenCompleteAsync(
                        (found, thrown) -> {
                            add(batch, recorded, thrown == null ? found : null);
                            states(page, behind, batch);
                        },
                        lane);
                return;
            }
            add(batch, recorded, state.isCompletedExceptionally() ? null : state.getNow(null));
            i = behind;
        }
        int behind = i;
        if (given >= total) {
            next = this::allGiven;
        } else {
            next = i == page.size() ? this::page : () -> states(page, behind, new ArrayList<>());
        }
        handOver(batch);
    }

    private void handOver(List<Question<Q, A, O>> batch) {
        handedOver++;
        worker.execute(() -> {
            asking.ask(batch, done::isDone);
            lane.execute(() -> {
                handedOver--;
                if (goesOn()) {
                    asked += batch.size();
                    context.progress(Math.min(1, asked / (double) total), asked + " asked");
                    goOn();
                }
            });
        });
        lane.execute(this::goOn);
    }

    /** Makes more ready, unless the worker has enough to do. */
    private void goOn() {
        Runnable more = next;
        if (allGiven && handedOver == 0) {
            finish();
        } else if (more != null && handedOver < READY) {
            next = null;
            more.run();
        }
    }

    private void allGiven() {
        allGiven = true;
        goOn();
    }

    private void add(List<Question<Q, A, O>> batch, Recorded<Q, A, O> recorded, @Nullable Snapshot state) {
        if (state == null) {
            stateless++;
        } else {
            batch.add(new Question<>(recorded, state));
        }
    }

    private void finish() {
        if (done.isDone()) {
            return;
        }
        long nanos = Math.max(1, scheduler.nanoTime() - begun);
        if (tally.asked == 0) {
            fail(
                    ReplayError.NOTHING_TO_REPLAY,
                    "no decision of " + point.name()
                            + " can be asked again: there is none with an answer, or their states"
                            + " are no longer kept");
            return;
        }
        Replayed replayed = new Replayed(
                id,
                point.name(),
                offer.ref().shortName(),
                at,
                tally.asked,
                tally.agree,
                tally.violations,
                tally.failures,
                tally.late,
                decisions.passedOver() + stateless,
                tally.latency.quantile(0.5),
                tally.latency.quantile(0.99),
                Duration.ofNanos(nanos),
                Math.round(tally.asked * 1e9 / nanos));
        close();
        done.complete(replayed);
    }

    private boolean fail(ErrorCode code, String because) {
        end(new VinestockException(code, because));
        return false;
    }

    private void end(Throwable because) {
        if (!done.isDone()) {
            close();
            done.completeExceptionally(because);
        }
    }

    private void close() {
        if (watch != null) {
            watch.cancel();
        }
        worker.execute(asking::release);
        worker.end();
    }
}
