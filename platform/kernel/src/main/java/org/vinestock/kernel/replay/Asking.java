package org.vinestock.kernel.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Budget;
import org.vinestock.decision.Context;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.Outcome;
import org.vinestock.decision.Strategy;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.plugin.PluginBoundary;
import org.vinestock.kernel.plugin.StrategyOffer;
import org.vinestock.kernel.plugin.Worker;
import org.vinestock.kernel.turn.DecisionSeed;
import org.vinestock.kernel.turn.Guards;
import org.vinestock.time.Scheduler;

/**
 * A fresh instance of a strategy that is asked again, and told outcomes when they were told. All calls on its worker;
 * {@link #callSince} from any thread.
 */
final class Asking<Q extends Record, A, O extends Record> {
    static final long IDLE = Long.MIN_VALUE;

    private final DecisionPoint<Q, A, O> point;
    private final StrategyOffer offer;
    private final Worker worker;
    private final Scheduler scheduler;
    private final long steps;
    private final Tally tally;
    private final PriorityQueue<Outcome<O>> outcomes = new PriorityQueue<>(
            Comparator.<Outcome<O>, Instant>comparing(Outcome::at).thenComparing(Outcome::decision));
    private @Nullable Strategy<Q, A, O> instance;
    private volatile long callSince = IDLE;

    /** A recorded question and the state that it was asked on. */
    record Question<Q extends Record, A, O extends Record>(Recorded<Q, A, O> recorded, Snapshot state) {}

    private record Given(Snapshot snapshot, Instant askedAt, Budget budget) implements Context {}

    Asking(
            DecisionPoint<Q, A, O> point,
            StrategyOffer offer,
            Worker worker,
            Scheduler scheduler,
            long steps,
            Tally tally) {
        this.point = point;
        this.offer = offer;
        this.worker = worker;
        this.scheduler = scheduler;
        this.steps = steps;
        this.tally = tally;
    }

    /** When the call began that is under way, or {@link #IDLE}. */
    long callSince() {
        return callSince;
    }

    /** Asks some questions, unless it is over. */
    void ask(List<Question<Q, A, O>> questions, BooleanSupplier over) {
        for (Question<Q, A, O> question : questions) {
            if (over.getAsBoolean()) {
                return;
            }
            tellUntil(question.recorded().askedAt());
            ask(question.recorded(), question.state());
            Outcome<O> outcome = question.recorded().outcome();
            if (outcome != null) {
                outcomes.add(outcome);
            }
        }
    }

    private void ask(Recorded<Q, A, O> recorded, Snapshot state) {
        String subject = point.subject(recorded.question()).value();
        long seed = DecisionSeed.of(recorded.siteSeed(), recorded.id().number());
        Context context = new Given(state, recorded.askedAt(), new Budget(seed, steps, point.deadline()));
        long begun = begin();
        Answer<A> answer;
        try {
            answer = live().answer(recorded.question(), context);
        } catch (Throwable thrown) {
            tally.failed(recorded, subject, "threw " + PluginBoundary.text(thrown));
            return;
        } finally {
            end();
        }
        long nanos = scheduler.nanoTime() - begun;
        tally.latency.add(nanos);
        tally.late += offer.loader() != null && nanos > point.deadline().toNanos() ? 1 : 0;
        String malformed = PluginBoundary.malformed(answer, point.answerType());
        if (malformed != null) {
            tally.failed(recorded, subject, malformed);
        } else {
            tally.answered(recorded, subject, answer, Guards.check(point, recorded.question(), answer.choice(), state));
        }
    }

    private void tellUntil(Instant time) {
        for (Outcome<O> next = outcomes.peek(); next != null && !next.at().isAfter(time); next = outcomes.peek()) {
            outcomes.remove();
            begin();
            try {
                live().observe(next);
            } catch (Throwable thrown) {
                tally.failures++;
            } finally {
                end();
            }
        }
    }

    private long begin() {
        long now = scheduler.nanoTime();
        offer.mark().running(true);
        callSince = now;
        return now;
    }

    private void end() {
        callSince = IDLE;
        offer.mark().running(false);
        worker.restore();
    }

    private Strategy<Q, A, O> live() {
        Strategy<Q, A, O> made = instance;
        if (made == null) {
            made = point.strategyType().cast(offer.fresh().get());
            if (made == null) {
                throw new IllegalStateException("no instance was made");
            }
            instance = made;
        }
        return made;
    }

    /** Gives the instance back. */
    void release() {
        Strategy<Q, A, O> released = instance;
        instance = null;
        if (released != null) {
            try {
                offer.release().accept(released);
            } catch (Throwable thrown) {
                tally.failures++;
            }
        }
    }

    /** How long a call may take that is not abandoned. */
    static boolean hangs(long since, long now, Duration patience) {
        return since != IDLE && now - since > patience.toNanos();
    }
}
