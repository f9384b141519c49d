package org.vinestock.store.memory;

import java.util.Objects;
import org.osgi.service.component.annotations.Component;
import org.vinestock.inventory.Inventories;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.store.snapshot.SiteSnapshot;
import org.vinestock.store.write.Retention;
import org.vinestock.time.Scheduler;

/** Makes a {@link MemoryInventory} for whoever needs one. */
@Component(service = Inventories.class)
public final class MemoryInventories implements Inventories {
    /** Makes an empty one; it has no work of its own, so nothing runs on the scheduler. */
    @Override
    public Inventory memory(Scheduler scheduler) {
        Objects.requireNonNull(scheduler);
        return new MemoryInventory(Retention.USUAL);
    }

    @Override
    public Inventory memory(Scheduler scheduler, Snapshot from) {
        Objects.requireNonNull(scheduler);
        if (from instanceof SiteSnapshot snapshot) {
            return new MemoryInventory(Retention.USUAL, snapshot);
        }
        return Inventories.super.memory(scheduler, from);
    }
}
