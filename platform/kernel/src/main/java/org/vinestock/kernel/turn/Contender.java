package org.vinestock.kernel.turn;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Context;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.Outcome;
import org.vinestock.decision.Strategy;
import org.vinestock.decision.StrategyRef;
import org.vinestock.kernel.ledger.Figures;
import org.vinestock.kernel.plugin.PluginBoundary;
import org.vinestock.kernel.plugin.StrategyOffer;
import org.vinestock.kernel.plugin.Worker;
import org.vinestock.model.ObjectId;

/**
 * A strategy that may answer at a point: its one live instance, where it is called, and what is counted of it.
 *
 * <p>The instance is called by the worker only, or, if there is none, by whoever holds the point's turn. {@link #begun}
 * belongs to the holder of the turn.
 */
final class Contender<Q extends Record, A, O extends Record> {
    /** An answer, or why there is none. */
    record Given<A>(@Nullable Answer<A> answer, @Nullable String failure) {}

    private static final long IDLE = -1;

    private final DecisionPoint<Q, A, O> point;
    private final StrategyOffer offer;
    private final @Nullable Worker worker;
    private final Breaker breaker;
    private final Figures figures;
    private @Nullable Strategy<Q, A, O> instance;
    private long begun;
    private volatile long returned;
    private volatile long inCallSince = IDLE;
    private final AtomicBoolean stuck = new AtomicBoolean();

    Contender(
            DecisionPoint<Q, A, O> point,
            StrategyOffer offer,
            @Nullable Worker worker,
            Breaker breaker,
            Figures figures) {
        this.point = point;
        this.offer = offer;
        this.worker = worker;
        this.breaker = breaker;
        this.figures = figures;
    }

    StrategyRef ref() {
        return offer.ref();
    }

    /** Where it is called; null = inline. */
    @Nullable
    Worker worker() {
        return worker;
    }

    Breaker breaker() {
        return breaker;
    }

    Figures figures() {
        return figures;
    }

    DecisionPoint<Q, A, O> point() {
        return point;
    }

    /** Notes that the turn is given to the worker. */
    void begin() {
        begun++;
    }

    /** Notes that the worker has done with a turn, in time or not; by the worker, the only one that writes it. */
    void returned() {
        long more = returned + 1;
        returned = more;
    }

    /** Notes that a call begins, by whoever calls. */
    void enter(long watchTime) {
        inCallSince = watchTime;
        offer.mark().running(true);
    }

    /** Notes that the call has ended. */
    void left() {
        offer.mark().running(false);
        inCallSince = IDLE;
    }

    /** Whether the worker has not yet done with a turn that was taken away from it; by the holder of the turn. */
    boolean busy() {
        return begun != returned;
    }

    /** When the call began that is under way, in the watch's time; negative = none. */
    long inCallSince() {
        return inCallSince;
    }

    /** Notes that a call does not return, so that it says nothing any more of whose fault a death is; true the first time. */
    boolean stuck() {
        boolean first = stuck.compareAndSet(false, true);
        if (first) {
            offer.mark().running(false);
        }
        return first;
    }

    /** Asks. Never throws: what a plugin throws becomes text. */
    Given<A> ask(Q question, Context context) {
        try {
            Answer<A> answer = live().answer(question, context);
            String malformed = PluginBoundary.malformed(answer, point.answerType());
            return malformed == null
                    ? new Given<>(PluginBoundary.cut(answer), null)
                    : new Given<>(null, ref().shortName() + " " + malformed);
        } catch (Throwable thrown) {
            return new Given<>(null, ref().shortName() + " threw " + PluginBoundary.text(thrown));
        } finally {
            restore();
        }
    }

    /** Tells what became of an earlier answer; returns what went wrong, or null. */
    @Nullable
    String tell(Outcome<O> outcome) {
        try {
            live().observe(outcome);
            return null;
        } catch (Throwable thrown) {
            return ref().shortName() + " threw in observe: " + PluginBoundary.text(thrown);
        } finally {
            restore();
        }
    }

    /** Lets it forget a subject that is gone; returns what went wrong, or null. Who was never made has nothing to forget. */
    @Nullable
    String forget(ObjectId subject) {
        Strategy<Q, A, O> live = instance;
        if (live == null) {
            return null;
        }
        try {
            live.forget(subject);
            return null;
        } catch (Throwable thrown) {
            return ref().shortName() + " threw in forget: " + PluginBoundary.text(thrown);
        } finally {
            restore();
        }
    }

    /** Makes the instance, so that the first question does not pay for it; returns what went wrong, or null. */
    @Nullable
    String warm() {
        try {
            live();
            return null;
        } catch (Throwable thrown) {
            return ref().shortName() + " could not be made: " + PluginBoundary.text(thrown);
        } finally {
            restore();
        }
    }

    /** Gives the instance back; by the worker, or by the holder of the turn. */
    void release() {
        Strategy<Q, A, O> released = instance;
        instance = null;
        if (released != null) {
            try {
                offer.release().accept(released);
            } catch (Throwable thrown) {
                figures.failed(ref().shortName() + " threw at the end: " + PluginBoundary.text(thrown));
            }
        }
    }

    private void restore() {
        if (worker != null) {
            worker.restore();
        }
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
}
