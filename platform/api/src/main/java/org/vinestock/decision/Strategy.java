package org.vinestock.decision;

import org.osgi.annotation.versioning.ConsumerType;
import org.vinestock.model.ObjectId;

/**
 * Answers the questions of one decision point.
 *
 * <p><b>Calls.</b> By one thread at a time. A vendor's strategy has a worker thread of its own and a deadline, after
 * which the point's fallback answers; a built-in one runs inline. Within one instance the revisions of the snapshots
 * never go back.
 *
 * <p><b>State.</b> One instance serves one use: verification, live, replay, a twin. The answer depends on the question,
 * the context given with it and what came in through {@link #observe}; there is no clock, no randomness but from {@link
 * Budget#seed}, no I/O, no registry and no actuator. So the same questions in the same order get the same answers.
 *
 * <p><b>Failure.</b> A throw, a late answer and an answer that a guardrail refuses are counted; the fallback answers
 * instead. Too many of them and the strategy is left out for a while (see {@code strategy:info}).
 *
 * @param <Q> the question, at most 64 KiB by value
 * @param <A> the answer's choice: a record or a sealed family of records
 * @param <O> what became of an answer
 */
@ConsumerType
@FunctionalInterface
public interface Strategy<Q extends Record, A, O extends Record> {
    /** Answers. Must not keep the context or its snapshot beyond the call, save what it derives from them. */
    Answer<A> answer(Q question, Context context);

    /** Takes in what became of an earlier answer, of this strategy or another one. */
    default void observe(Outcome<O> outcome) {}

    /** Forgets what it learned about a subject, which is gone. */
    default void forget(ObjectId subject) {}
}
