package org.vinestock.kernel.turn;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.kernel.plugin.Worker;
import org.vinestock.kernel.turn.Contender.Given;
import org.vinestock.kernel.turn.Waiting.Call;
import org.vinestock.kernel.turn.Waiting.Fence;
import org.vinestock.kernel.turn.Waiting.Left;
import org.vinestock.kernel.turn.Waiting.Told;
import org.vinestock.time.Lane;

/**
 * Takes up the questions of one point, one at a time.
 *
 * <p>There is one turn, and somebody holds it or nobody does ({@link #taken}). Only the holder takes from the queue, and
 * everything of this class but {@link #submit}, {@link #takeAway}, {@link #look} and {@link #seats} is called by the
 * holder. It passes so:
 *
 * <ul>
 *   <li>Whoever submits takes the turn if it is free and, if the strategy runs inline, answers at once; after some
 *       questions of others it passes the turn to the point's lane.
 *   <li>If a vendor's strategy answers, the turn passes to its worker with the first question, and stays there until the
 *       queue is empty or somebody else is to answer.
 *   <li>While the worker calls the strategy, whoever ends the {@link Calling} holds the turn: the worker by its answer,
 *       or {@link #look} and {@link #takeAway}, which pass it to the point's lane. A worker that lost it touches nothing
 *       any more; until it is back, {@link Contender#busy} says so and the fallback answers.
 * </ul>
 */
final class Turns<Q extends Record, A, O extends Record> implements Watch.Watched {
    private final Surroundings site;
    private final Settlement<Q, A, O> settlement;
    private final Routing<Q, A, O> routing;
    private final Judgement<Q, A, O> judgement;
    private final Lane lane;
    private final long deadlineNanos;
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean taken = new AtomicBoolean();
    private volatile Seats<Q, A, O> seats;
    /** The call that is under way; written by the holder of the turn. */
    private volatile @Nullable Calling<Q, A, O> outstanding;

    Turns(DecisionPoint<Q, A, O> point, Surroundings site, Seats<Q, A, O> seats) {
        this.site = site;
        this.seats = seats;
        settlement = new Settlement<>(point, site, seats);
        lane = site.scheduler().lane("point " + point.name());
        deadlineNanos = point.deadline().toNanos();
        routing = new Routing<>(point, site);
        judgement = new Judgement<>(point, site, settlement);
    }

    /** Replaces who sits where; acts at the next question. */
    void seats(Seats<Q, A, O> changed) {
        seats = changed;
        settlement.seats(changed);
    }

    Seats<Q, A, O> seats() {
        return seats;
    }

    /** Puts something into the queue, and answers it at once if the turn is free. */
    void submit(Waiting waiting) {
        queue.add(waiting);
        if (take()) {
            drain(null, site.limits().callerTakes());
        }
    }

    /** Puts many into the queue, and answers them at once if the turn is free. */
    void submitAll(List<? extends Waiting> all) {
        queue.addAll(all);
        if (take()) {
            drain(null, Math.max(site.limits().callerTakes(), all.size()));
        }
    }

    private boolean take() {
        return !taken.get() && taken.compareAndSet(false, true);
    }

    /** Goes on until the queue is empty or the turn has passed on. {@code here}: the worker that we are; null = none. */
    private void drain(@Nullable Worker here, int most) {
        for (int done = 0; done < most; done++) {
            Waiting next = queue.poll();
            if (next != null) {
                if (!turn(next, here)) {
                    return;
                }
            } else {
                taken.set(false);
                if (queue.isEmpty() || !take()) {
                    return;
                }
            }
        }
        lane.execute(this::drainOnLane);
    }

    private void drainOnLane() {
        drain(null, site.limits().laneTakes());
    }

    /** Takes up one; returns whether we still hold the turn. */
    private boolean turn(Waiting next, @Nullable Worker here) {
        if (next instanceof Fence fence) {
            fence.reached().run();
            return true;
        }
        if (next instanceof Left left) {
            judgement.forget(left.subject(), seats);
            return true;
        }
        Call<Q, A> call = call(next);
        if (call != null && !settlement.mayAct(call)) {
            return true;
        }
        Contender<Q, A, O> contender = call == null ? routing.toBeTold(seats, told(next)) : routing.route(seats, call);
        Worker worker = contender == null ? null : contender.worker();
        if (worker != null && contender != null) {
            Calling<Q, A, O> calling = begin(next, contender);
            if (calling == null) {
                return true;
            }
            if (worker == here) {
                return ask(calling, worker);
            }
            worker.execute(() -> {
                if (ask(calling, worker)) {
                    drain(worker, Integer.MAX_VALUE);
                }
            });
            return false;
        }
        if (here != null) {
            passToLane(next);
            return false;
        }
        return inline(next, contender);
    }

    private void passToLane(Waiting next) {
        lane.execute(() -> {
            if (turn(next, null)) {
                drainOnLane();
            }
        });
    }

    /** Asks a strategy that needs no worker, or the fallback; returns whether we still hold the turn. */
    private boolean inline(Waiting next, @Nullable Contender<Q, A, O> contender) {
        Call<Q, A> call = call(next);
        if (call == null) {
            if (contender != null) {
                judgement.tell(told(next), contender);
            }
            return true;
        }
        try {
            if (contender == null) {
                settlement.byFallback(call);
                return true;
            }
            QuestionContext context = settlement.takeUp(call);
            if (judgement.settle(call, contender, context, contender.ask(call.question, context))) {
                return true;
            }
        } catch (RuntimeException | Error thrown) {
            settlement.lost(call, thrown);
            return true;
        }
        return turn(call, null);
    }

    /** Begins a call; null if the question could not be taken up. */
    private @Nullable Calling<Q, A, O> begin(Waiting next, Contender<Q, A, O> contender) {
        Call<Q, A> call = call(next);
        QuestionContext context = null;
        if (call != null) {
            try {
                context = settlement.takeUp(call);
            } catch (RuntimeException thrown) {
                settlement.lost(call, thrown);
                return null;
            }
        }
        Calling<Q, A, O> calling =
                new Calling<>(next, contender, context, site.watch().now());
        contender.begin();
        outstanding = calling;
        site.watch().arm();
        return calling;
    }

    /** On the worker; returns whether it still holds the turn. */
    private boolean ask(Calling<Q, A, O> calling, Worker worker) {
        Contender<Q, A, O> contender = calling.contender();
        if (!calling.begin()) {
            contender.returned();
            return false;
        }
        contender.enter(calling.since());
        Call<Q, A> call = call(calling.waiting());
        QuestionContext context = calling.context();
        Given<A> given;
        if (call != null && context != null) {
            given = contender.ask(call.question, context);
        } else {
            given = new Given<>(
                    null, contender.tell(Turns.<O>told(calling.waiting()).outcome()));
        }
        boolean charged = worker.charges(() -> {
            if (answered(calling, worker, given)) {
                drain(worker, Integer.MAX_VALUE);
            }
        });
        return !charged && answered(calling, worker, given);
    }

    /** On the worker, back from the strategy; returns whether it still holds the turn. */
    private boolean answered(Calling<Q, A, O> calling, Worker worker, Given<A> given) {
        Contender<Q, A, O> contender = calling.contender();
        contender.left();
        contender.returned();
        if (!calling.end(Calling.State.ANSWERED)) {
            contender.figures().returnedLate();
            return false;
        }
        outstanding = null;
        Call<Q, A> call = call(calling.waiting());
        QuestionContext context = calling.context();
        if (call == null || context == null) {
            if (given.failure() != null) {
                judgement.failed(contender, given.failure());
            }
            return true;
        }
        try {
            if (judgement.settle(call, contender, context, given)) {
                return true;
            }
        } catch (RuntimeException | Error thrown) {
            settlement.lost(call, thrown);
            return true;
        }
        return turn(call, worker);
    }

    /** Takes the turn from a strategy that is not to answer any more; its question is asked again, of who is now. */
    void takeAway() {
        Calling<Q, A, O> calling = outstanding;
        if (calling != null && !seats.answers(calling.contender()) && calling.end(Calling.State.EXPIRED)) {
            outstanding = null;
            Call<Q, A> call = call(calling.waiting());
            if (call != null) {
                call.waitingSince = site.scheduler().nanoTime();
            }
            passToLane(calling.waiting());
        }
    }

    @Override
    public boolean look(long watchTime) {
        Calling<Q, A, O> calling = outstanding;
        if (calling != null && watchTime - calling.since() > deadlineNanos) {
            // A thread that is in no call of its strategy had no processor to begin this one: not the strategy's fault.
            boolean starved = !calling.begun() && calling.contender().inCallSince() < 0;
            if (calling.end(Calling.State.EXPIRED)) {
                outstanding = null;
                lane.execute(() -> expired(calling, starved));
            }
        }
        boolean inCall = calling != null;
        for (Contender<Q, A, O> contender : seats.called()) {
            inCall |= judgement.inCall(contender, watchTime);
        }
        return inCall;
    }

    private void expired(Calling<Q, A, O> calling, boolean starved) {
        String because = judgement.late(calling.contender(), starved);
        Call<Q, A> call = call(calling.waiting());
        if (call != null) {
            call.instead = because;
            call.excused = starved;
            inline(call, null);
        }
        drainOnLane();
    }

    /** The question, if it is one. What comes into the queue of this point is of its types. */
    @SuppressWarnings("unchecked")
    private static <Q extends Record, A> @Nullable Call<Q, A> call(Waiting waiting) {
        return waiting instanceof Call<?, ?> call ? (Call<Q, A>) call : null;
    }

    @SuppressWarnings("unchecked")
    private static <O extends Record> Told<O> told(Waiting waiting) {
        return (Told<O>) waiting;
    }
}
