package org.vinestock.inventory;

import org.osgi.annotation.versioning.ProviderType;
import org.vinestock.time.Scheduler;

/** Makes inventories that live in memory, for twins and tests. Any thread. */
@ProviderType
public interface Inventories {
    /** Makes an empty inventory whose work runs on lanes of {@code scheduler}. */
    Inventory memory(Scheduler scheduler);
}
