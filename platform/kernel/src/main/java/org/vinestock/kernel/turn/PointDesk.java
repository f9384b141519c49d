package org.vinestock.kernel.turn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.Decision;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.Outcome;
import org.vinestock.decision.StrategyRef;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.canary.CanaryRun;
import org.vinestock.kernel.ledger.Figures;
import org.vinestock.kernel.ledger.LedgerRow;
import org.vinestock.kernel.plugin.LaneWorker;
import org.vinestock.kernel.plugin.StrategyOffer;
import org.vinestock.kernel.plugin.Worker;
import org.vinestock.kernel.plugin.Workers;
import org.vinestock.kernel.turn.Waiting.Call;
import org.vinestock.kernel.turn.Waiting.Fence;
import org.vinestock.kernel.turn.Waiting.Left;
import org.vinestock.kernel.turn.Waiting.Told;
import org.vinestock.model.ObjectId;
import org.vinestock.time.Cancellable;

/**
 * One decision point at work: its turns and the strategies that are there for it. Questions come from any thread; who is
 * there and who sits where is changed by one lane only, the roster's.
 */
public final class PointDesk<Q extends Record, A, O extends Record> {
    private static final Duration SLACK = Duration.ofMillis(20);
    private static final int MOST_PATIENCE = 12;

    private final DecisionPoint<Q, A, O> point;
    private final Surroundings site;
    private final Workers workers;
    private final Turns<Q, A, O> turns;
    private final Map<StrategyRef, Staff<Q, A, O>> staff = new LinkedHashMap<>();

    /** A strategy that is there: as one that answers, and as one that is asked afterwards. */
    private record Staff<Q extends Record, A, O extends Record>(
            Contender<Q, A, O> contender, @Nullable Shadow<Q, A, O> shadow) {}

    /** Opens it: the fallback answers until somebody is seated. */
    public PointDesk(DecisionPoint<Q, A, O> point, Surroundings site, Workers workers) {
        this.point = point;
        this.site = site;
        this.workers = workers;
        turns = new Turns<>(point, site, Seats.empty("no strategy is active"));
        site.watch().add(turns);
    }

    /** The point. */
    public DecisionPoint<Q, A, O> point() {
        return point;
    }

    /** Decides; {@code changes} null = advice. Any thread. */
    public CompletionStage<Decision<A>> decide(
            Q question,
            @Nullable BiFunction<A, Snapshot, ChangeSet> changes,
            boolean despiteFreeze,
            Spending spending) {
        Call<Q, A> call = new Call<>(
                question, changes, despiteFreeze, spending, site.scheduler().nanoTime());
        turns.submit(call);
        return call.decided;
    }

    /** Decides many at once, as advice. Any thread. */
    public CompletionStage<List<Decision<A>>> decideAll(List<Q> questions) {
        long now = site.scheduler().nanoTime();
        List<Call<Q, A>> calls = new ArrayList<>(questions.size());
        for (Q question : questions) {
            calls.add(new Call<>(question, null, false, Spending.NONE, now));
        }
        CompletableFuture<List<Decision<A>>> all = new CompletableFuture<>();
        List<Waiting> waiting = new ArrayList<>(calls);
        waiting.add(new Fence(() -> complete(all, calls))); // advice has ended when its turn has
        turns.submitAll(waiting);
        return all;
    }

    private static <Q extends Record, A> void complete(
            CompletableFuture<List<Decision<A>>> all, List<Call<Q, A>> calls) {
        List<Decision<A>> decided = new ArrayList<>(calls.size());
        try {
            for (Call<Q, A> call : calls) {
                decided.add(call.decided.getNow(null));
            }
            all.complete(decided);
        } catch (CompletionException failed) {
            all.completeExceptionally(failed.getCause() == null ? failed : failed.getCause());
        }
    }

    /** Tells all who are there what became of an answer; on the ledger's lane. */
    public void tell(Outcome<O> outcome, LedgerRow<Q, A, O> row) {
        Seats<Q, A, O> seats = turns.seats();
        Canary<Q, A, O> canary = seats.canary();
        boolean bad = point.isBad(outcome.value());
        seats.find(row.by()).ifPresent(contender -> contender.figures().ended(bad));
        if (bad) {
            row.endedBadly();
        }
        turns.submit(new Told<>(outcome, false));
        if (canary != null) {
            turns.submit(new Told<>(outcome, true));
        }
        for (Shadow<Q, A, O> shadow : seats.shadows()) {
            shadow.tell(outcome);
        }
    }

    /** Takes a strategy on; it does nothing until it is seated. What is counted of it goes on in {@code figures}. */
    public void hire(StrategyOffer offer, Figures figures) {
        ClassLoader loader = offer.loader();
        Worker worker = loader == null ? null : workers.hire(offer.ref(), loader);
        Contender<Q, A, O> contender = new Contender<>(point, offer, worker, breaker(), figures);
        staff.put(offer.ref(), new Staff<>(contender, shadow(offer, contender, figures)));
        if (worker != null) {
            aside(contender, worker, contender::warm);
        }
    }

    /** Calls a strategy on its worker, between its turns. */
    private void aside(Contender<Q, A, O> contender, Worker worker, Supplier<@Nullable String> call) {
        worker.execute(() -> {
            contender.enter(site.watch().now());
            site.watch().arm();
            String failure = call.get();
            contender.left();
            if (failure != null) {
                contender.figures().failed(failure);
            }
        });
    }

    /** Tells all who are there that a subject has left the inventory; any thread. */
    public void left(ObjectId subject) {
        Seats<Q, A, O> seats = turns.seats();
        List<Contender<Q, A, O>> all = new ArrayList<>(seats.called());
        for (Shadow<Q, A, O> shadow : seats.shadows()) {
            if (!all.contains(shadow.contender())) {
                all.add(shadow.contender());
            }
        }
        for (Contender<Q, A, O> contender : all) {
            Worker worker = contender.worker();
            if (worker != null) {
                aside(contender, worker, () -> contender.forget(subject));
            }
        }
        turns.submit(new Left(subject));
    }

    private @Nullable Shadow<Q, A, O> shadow(StrategyOffer offer, Contender<Q, A, O> contender, Figures figures) {
        if (site.limits().shadowQueue() == 0) {
            return null;
        }
        Worker worker = contender.worker();
        if (worker != null) {
            return new Shadow<>(contender, worker, site);
        }
        // A built-in answers on whatever thread holds the turn; as a shadow it is another instance, on a lane.
        Worker aside = new LaneWorker(site.scheduler(), "shadow " + offer.ref().shortName(), Duration.ZERO);
        return new Shadow<>(new Contender<>(point, offer, aside, breaker(), figures), aside, site);
    }

    private Breaker breaker() {
        DecisionLimits limits = site.limits();
        return new Breaker(site.scheduler(), limits.breakerWindow(), limits.breakerFailures(), limits.breakerRetry());
    }

    /**
     * Seats the strategies; acts at the next question.
     *
     * @param answering who answers; null = the fallback
     * @param instead why that is not the active strategy; null if it is
     * @param trial under which one of them answers about some of the subjects; null = none
     * @param shadows who is asked afterwards
     */
    public void seat(
            @Nullable StrategyRef answering,
            @Nullable String instead,
            @Nullable CanaryRun trial,
            List<StrategyRef> shadows) {
        Staff<Q, A, O> first = answering == null ? null : staff.get(answering);
        Staff<Q, A, O> tried = trial == null ? null : staff.get(trial.strategy());
        List<Shadow<Q, A, O>> asked = new ArrayList<>();
        List<Contender<Q, A, O>> called = new ArrayList<>();
        for (Staff<Q, A, O> each : staff.values()) {
            Shadow<Q, A, O> shadow = each.shadow();
            boolean answers = each.equals(first) || each.equals(tried);
            boolean seated = !answers && shadows.contains(each.contender().ref());
            if (shadow != null && seated) {
                asked.add(shadow);
            } else if (shadow != null) {
                shadow.forget();
            }
            if (each.contender().worker() != null) {
                each.contender().worker().urgent(answers);
                called.add(each.contender());
            }
        }
        turns.seats(new Seats<>(
                first == null ? null : first.contender(),
                instead,
                trial == null || tried == null ? null : new Canary<>(tried.contender(), trial),
                List.copyOf(asked),
                List.copyOf(called)));
    }

    /** Takes the turn from a strategy that was called before it lost its seat; see {@link #seat}. */
    public void takeAway() {
        turns.takeAway();
    }

    /** Closes the breaker of a strategy. */
    public void resetBreaker(StrategyRef ref) {
        Staff<Q, A, O> reset = staff.get(ref);
        if (reset != null) {
            turns.submit(new Fence(reset.contender().breaker()::reset));
        }
    }

    /** The breaker's position in words; empty if it is not there. */
    public String breaker(StrategyRef ref) {
        Staff<Q, A, O> asked = staff.get(ref);
        return asked == null ? "" : asked.contender().breaker().position().name();
    }

    /** Completes when everything that was asked before has had its turn. */
    public CompletionStage<Void> fence() {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        turns.submit(new Fence(() -> reached.complete(null)));
        return reached;
    }

    /**
     * Lets a strategy go that has no seat any more; completes when it is called no longer.
     *
     * @param abandon whether its call does not return and its thread is left alone
     */
    public CompletionStage<Void> dismiss(StrategyRef ref, boolean abandon) {
        Staff<Q, A, O> gone = staff.remove(ref);
        CompletableFuture<Void> ended = new CompletableFuture<>();
        if (gone == null) {
            ended.complete(null);
            return ended;
        }
        Contender<Q, A, O> contender = gone.contender();
        Worker worker = contender.worker();
        if (gone.shadow() != null) {
            gone.shadow().forget();
        }
        if (worker == null) {
            turns.submit(new Fence(() -> {
                contender.release();
                ended.complete(null);
            }));
        } else if (abandon) {
            worker.abandon();
            ended.complete(null);
        } else {
            worker.execute(() -> {
                contender.release();
                ended.complete(null);
            });
            worker.end();
            endBy(contender, worker, ended, MOST_PATIENCE);
        }
        return ended;
    }

    /**
     * A call in flight has until its deadline; then the thread is left alone. One that is in no call only waits for a
     * processor, and gets more time.
     */
    private void endBy(Contender<Q, A, O> contender, Worker worker, CompletableFuture<Void> ended, int patience) {
        Cancellable unused = site.scheduler()
                .after(point.deadline().plus(SLACK), site.watch().lane(), () -> {
                    if (patience > 0 && contender.inCallSince() < 0 && !ended.isDone()) {
                        endBy(contender, worker, ended, patience - 1);
                        return;
                    }
                    String stack = worker.stack();
                    if (ended.complete(null)) {
                        worker.abandon();
                        contender.stuck();
                        String because = contender.ref().shortName() + " left while a call did not return";
                        site.events().stuck(contender.ref(), because, worker.name(), stack);
                    }
                });
    }

    /** Ends: nobody looks at it any more. What still waits is answered by the fallback. */
    public void close() {
        for (StrategyRef ref : List.copyOf(staff.keySet())) {
            turns.seats(Seats.empty("the area of " + point.name() + " is leaving"));
            dismiss(ref, false);
        }
        turns.submit(new Fence(() -> site.watch().remove(turns)));
    }
}
