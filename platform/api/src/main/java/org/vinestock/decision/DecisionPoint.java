package org.vinestock.decision;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.Labels;
import org.vinestock.model.ObjectId;

/**
 * A place where a vendor's strategy may answer: a constant of an area's api, so that no provider can loosen it. Without
 * state.
 */
@ConsumerType
public interface DecisionPoint<Q extends Record, A, O extends Record> {
    /** Such as {@code placement.place}. */
    String name();

    /** The interface that strategies of this point implement. */
    Class<? extends Strategy<Q, A, O>> strategyType();

    /** The question. */
    Class<Q> questionType();

    /** The choice: a record or a sealed interface of records. */
    Class<A> answerType();

    /** What becomes of an answer. */
    Class<O> outcomeType();

    /** The object that a question is about. */
    ObjectId subject(Q question);

    /** How long a vendor's strategy may take; leaves the caller time for the fallback. */
    Duration deadline();

    /** A strategy without state that always answers, and quickly. */
    Strategy<Q, A, O> fallback();

    /** What no answer may do. */
    List<Guardrail<Q, A>> guardrails();

    /** What every strategy promises. */
    List<Check<Strategy<Q, A, O>>> contract();

    /** Every choice that could be made, for {@code explain}, in a fixed order. */
    List<A> candidates(Q question, Snapshot snapshot);

    /**
     * Of how many answers that are advice one is recorded, besides every odd one: by the fallback, or by another one than the
     * active strategy; 1, the default, = each. For points that are asked thousands of times a second, see {@link
     * Decisions#askAll}. Counts are exact all the same. An
     * odd one outside the sample is numbered when it is recorded, so that its seed is not that of its number: a replay may
     * answer it otherwise.
     */
    default int sampling() {
        return 1;
    }

    /**
     * The labels of what a question is about, so that a canary may decide about the VMs of one team only; none by
     * default.
     */
    default Labels labels(Q question, Snapshot snapshot) {
        return Labels.NONE;
    }

    /** Whether a choice says that nothing can be done, such as that no host has room; never by default. */
    default boolean isRefusal(A choice) {
        return false;
    }

    /** Whether an outcome says that a choice came to no good, such as that the host could not start the VM; never by default. */
    default boolean isBad(O outcome) {
        return false;
    }

    /** The names of the clusters that a choice acts on, so that a freeze of one holds; none by default. */
    default List<String> clusters(Q question, A choice, Snapshot snapshot) {
        return List.of();
    }

    /** What its answers are worth when strategies are compared; empty, as by default, if they cannot be. */
    default Optional<Score<Q, A>> score() {
        return Optional.empty();
    }
}
