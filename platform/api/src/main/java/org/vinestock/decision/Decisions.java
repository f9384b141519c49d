package org.vinestock.decision;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.osgi.annotation.versioning.ProviderType;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.ObjectId;
import org.vinestock.operation.StepContext;

/**
 * Asks the strategies in force.
 *
 * <p><b>Calls.</b> From any thread, never blocks. Continue the stages on a lane of your own.
 *
 * <p><b>Failure.</b> A stage fails with {@code VinestockException}: {@code FROZEN} if acting is frozen (reserve only),
 * {@code NO_VALID_ANSWER} if the guardrails refuse even the fallback's answer, {@code NOT_RESERVED} if the inventory
 * refuses the changes, {@code NO_PROVIDER} if the point's area is not there.
 */
@ProviderType
public interface Decisions {
    /** Asks for advice: reserves nothing, may be outdated when it arrives. */
    <Q extends Record, A, O extends Record> CompletionStage<Decision<A>> ask(DecisionPoint<Q, A, O> point, Q question);

    /**
     * Asks for advice on many questions at once, off the I/O path: they are answered one after the other, and the caller is
     * told once, when all are. Each has its own deadline, guardrails and fallback, as if it were asked alone.
     *
     * @return decisions in the order of the questions; fails if one of them fails, when all have ended
     */
    <Q extends Record, A, O extends Record> CompletionStage<List<Decision<A>>> askAll(
            DecisionPoint<Q, A, O> point, List<Q> questions);

    /**
     * Asks, checks the guardrails and reserves in one turn of the point against the head of the inventory; completes
     * when that is durable.
     *
     * @param changes what to reserve for a choice: a function without side effects, called with the snapshot that the
     *     choice was checked on; an empty change set reserves nothing
     */
    default <Q extends Record, A, O extends Record> CompletionStage<Decision<A>> reserve(
            DecisionPoint<Q, A, O> point, Q question, BiFunction<A, Snapshot, ChangeSet> changes) {
        return reserve(point, question, changes, false);
    }

    /**
     * Like {@link #reserve(DecisionPoint, Record, BiFunction)}; {@code despiteFreeze} lets it go on although acting is
     * frozen, because a person said so.
     */
    <Q extends Record, A, O extends Record> CompletionStage<Decision<A>> reserve(
            DecisionPoint<Q, A, O> point,
            Q question,
            BiFunction<A, Snapshot, ChangeSet> changes,
            boolean despiteFreeze);

    /**
     * Like {@link #reserve(DecisionPoint, Record, BiFunction)}, for a step of a task: what the task takes of an action budget is
     * checked and spent in the same turn, for the cluster in which the choice acts. If there is no room the stage fails with
     * {@code BUDGET_EXCEEDED}; a step that lets this through parks its task, which asks again when there is. This default
     * minds freezes only.
     */
    default <Q extends Record, A, O extends Record> CompletionStage<Decision<A>> reserve(
            DecisionPoint<Q, A, O> point, Q question, BiFunction<A, Snapshot, ChangeSet> changes, StepContext step) {
        return reserve(point, question, changes, step.despiteFreeze());
    }

    /** Says what became of a decision. One that is no longer in the ledger is passed over. */
    <O extends Record> void outcome(DecisionId decision, O outcome);

    /**
     * Recalls the newest decision of a point about an object, advice too, with the state that it was made on; empty if
     * none is held any more. This default never remembers.
     */
    default <Q extends Record, A, O extends Record> CompletionStage<Optional<Recalled<Q, A>>> recall(
            DecisionPoint<Q, A, O> point, ObjectId subject) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    /** The strategies of a point that could answer, in order of name and version; for choosing one in a twin. */
    List<StrategyRef> strategies(String point);
}
