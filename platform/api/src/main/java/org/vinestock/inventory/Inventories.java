package org.vinestock.inventory;

import org.osgi.annotation.versioning.ProviderType;
import org.vinestock.time.Scheduler;

/** Makes inventories that live in memory, for twins and tests. Any thread. */
@ProviderType
public interface Inventories {
    /** Makes an empty inventory whose work runs on lanes of {@code scheduler}. */
    Inventory memory(Scheduler scheduler);

    /**
     * Makes one that begins with the rows, hosts and loads of a snapshot, at its revision, and shares nothing with the
     * inventory that the snapshot comes from.
     *
     * @throws IllegalArgumentException if the snapshot is not one of this store, as by default
     */
    default Inventory memory(Scheduler scheduler, Snapshot from) {
        throw new IllegalArgumentException("a snapshot of " + from.getClass() + "; accepted: none by this store");
    }
}
