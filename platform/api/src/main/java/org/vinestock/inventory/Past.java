package org.vinestock.inventory;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Former states one after the other, each reached from the one before it: for whoever looks at thousands of them.
 *
 * <p><b>Calls.</b> One at a time, from any thread, never blocks. Revisions that go back are allowed, and begin anew.
 */
@ProviderType
@FunctionalInterface
public interface Past {
    /**
     * Returns a former state; its reference says sample 0 if its loads are no longer kept. Fails with {@code
     * REVISION_UNKNOWN} if the revision is not.
     */
    CompletionStage<Snapshot> at(SnapshotRef ref);
}
