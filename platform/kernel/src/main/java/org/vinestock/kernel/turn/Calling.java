package org.vinestock.kernel.turn;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One call into a vendor's strategy. Whoever ends it holds the point's turn: the worker with its answer, or the watch, or
 * a rollback, that takes the turn away from it.
 *
 * @param context what a question is answered from; null if it is not a question
 * @param since when it began, in the watch's time
 */
record Calling<Q extends Record, A, O extends Record>(
        Waiting waiting,
        Contender<Q, A, O> contender,
        @Nullable QuestionContext context,
        long since,
        AtomicReference<State> state) {
    /** How far it is. */
    enum State {
        /** The worker has the turn, and has not come to it yet. */
        HANDED_OVER,
        /** The strategy is being asked. */
        BEGUN,
        /** The answer came in time. */
        ANSWERED,
        /** The turn was taken away; what the worker brings is dropped. */
        EXPIRED
    }

    Calling(Waiting waiting, Contender<Q, A, O> contender, @Nullable QuestionContext context, long since) {
        this(waiting, contender, context, since, new AtomicReference<>(State.HANDED_OVER));
    }

    /** The worker has come to it; false = its turn was taken away before. */
    boolean begin() {
        return state.compareAndSet(State.HANDED_OVER, State.BEGUN);
    }

    boolean begun() {
        return state.get() == State.BEGUN;
    }

    /** Ends it; false = somebody else did, and holds the turn. */
    boolean end(State how) {
        State former = state.getAndUpdate(now -> now == State.HANDED_OVER || now == State.BEGUN ? how : now);
        return former == State.HANDED_OVER || former == State.BEGUN;
    }
}
