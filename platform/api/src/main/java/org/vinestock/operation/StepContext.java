package org.vinestock.operation;

import org.osgi.annotation.versioning.ProviderType;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.Lease;
import org.vinestock.model.ObjectId;

/** What a step is carried out with. Any thread. */
@ProviderType
public interface StepContext {
    /** The newest state. */
    Snapshot snapshot();

    /**
     * The task's lease on an object that its plan claims.
     *
     * @throws IllegalArgumentException if the plan does not claim it
     */
    Lease lease(ObjectId claim);

    /**
     * Shows how far the step is.
     *
     * @param share 0 to 1
     */
    void progress(double share, String text);

    /** Whether someone asked to cancel; a long step looks now and then and fails with {@code CANCELLED}. */
    boolean cancelled();

    /** Who asked, such as a person's name. */
    default String by() {
        return "somebody";
    }

    /** Whether the person who asked said that it is to be done although acting is frozen; for {@code reserve}. */
    default boolean despiteFreeze() {
        return false;
    }
}
