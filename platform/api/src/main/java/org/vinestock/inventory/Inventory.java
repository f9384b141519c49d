package org.vinestock.inventory;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/**
 * Holds desired and observed state. There is one writer: change sets are numbered in the order in which they are given.
 *
 * <p><b>Calls.</b> From any thread, never blocks. {@link #commit} checks and numbers its changes before it returns, so
 * that {@link #head} shows them at once; its stage completes when they are durable.
 *
 * <p><b>Failure.</b> Stages complete exceptionally with {@code VinestockException} if the store is not available; a
 * change that was not acknowledged may or may not be there afterwards.
 */
@ProviderType
public interface Inventory {
    /** The newest state, checked and numbered, not necessarily durable: what decisions are made on. */
    Snapshot head();

    /** The newest durable state: what everyone else is shown. */
    Snapshot committed();

    /** Returns a former state; fails with {@code REVISION_UNKNOWN} if it is no longer kept. */
    CompletionStage<Snapshot> at(SnapshotRef ref);

    /**
     * Returns {@link #head} as it would be after changes, which nobody else sees: to look at them before they are given to
     * {@link #commit}. This default cannot.
     */
    default Snapshot tried(List<Change> changes) {
        throw new UnsupportedOperationException("this inventory tries nothing");
    }

    /** Begins to go through former states. This default looks up each by itself. */
    default Past past() {
        return this::at;
    }

    /** Applies changes; see the class. */
    CompletionStage<Commit> commit(ChangeSet changes);

    /** Records a sample of loads and returns its number. Hosts that are not in it keep their last load; nobody is woken. */
    long measure(List<HostLoad> loads);

    /**
     * Runs {@code wake} on {@code lane} after {@link #committed} changed. Several changes may cause one wake; whoever is
     * woken looks at {@link Snapshot#changesSince}.
     */
    Cancellable onChange(Lane lane, Runnable wake);
}
