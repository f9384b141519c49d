package org.vinestock.operation;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Carries out steps of one kind.
 *
 * <p><b>Calls.</b> On the task's lane; must not block. Stages may complete on any thread.
 *
 * <p><b>Failure.</b> A stage that fails with an error code {@code NO_PROVIDER}, {@code FROZEN} or {@code
 * BUDGET_EXCEEDED} parks the task until it can go on; one that fails otherwise ends it: steps done before are undone in reverse order. A second call of
 * {@link #apply} or {@link #undo} with the same arguments changes nothing.
 */
@ConsumerType
public interface StepHandler<S extends Record> {
    /** Unique in the product, such as {@code machines.start}. */
    String kind();

    /** The arguments. */
    Class<S> argumentsType();

    /** Does it. */
    CompletionStage<?> apply(S arguments, StepContext context);

    /** Takes it back, whether it was done wholly, in part or not at all. */
    CompletionStage<?> undo(S arguments, StepContext context);

    /** Looks whether it happened. */
    CompletionStage<StepState> probe(S arguments, StepContext context);

    /**
     * Whether all that {@link #apply} does is commit changes to the inventory, or reserve. Then it is called while it is
     * still being recorded that the step is about to be carried out, for its changes become durable after that, or with
     * it. Otherwise it is called when that is durable.
     */
    default boolean onlyCommits() {
        return false;
    }

    /** Says in a sentence what it would do now; may ask for advice, never reserves. */
    CompletionStage<String> preview(S arguments, StepContext context);
}
