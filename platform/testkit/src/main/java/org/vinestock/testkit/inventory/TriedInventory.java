package org.vinestock.testkit.inventory;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;
import org.vinestock.inventory.Inventory;
import org.vinestock.time.Scheduler;

/** An empty inventory to be checked, and the scheduler that its work runs on. One thread. */
@ConsumerType
public interface TriedInventory {
    /** The inventory. */
    Inventory inventory();

    /** For lanes to be woken on. */
    Scheduler scheduler();

    /** Lets all work end that was begun, such as commits and wakes. */
    void settle();

    /**
     * Lets work go on until {@code stage} is complete, and returns what it holds.
     *
     * @throws java.util.concurrent.CompletionException if the stage failed
     */
    <T> T await(CompletionStage<T> stage);
}
