package org.vinestock.simulation.fault;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.HostLoad;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/** An inventory that after some wakes wakes nobody any more. */
final class SilentInventory implements Inventory {
    private static final int WAKES = 40;

    private final Inventory inventory;

    SilentInventory(Inventory inventory) {
        this.inventory = inventory;
    }

    @Override
    public Cancellable onChange(Lane lane, Runnable wake) {
        int[] wakes = new int[1];
        return inventory.onChange(lane, () -> {
            if (++wakes[0] < WAKES) {
                wake.run();
            }
        });
    }

    @Override
    public CompletionStage<Commit> commit(ChangeSet changes) {
        return inventory.commit(changes);
    }

    @Override
    public Snapshot head() {
        return inventory.head();
    }

    @Override
    public Snapshot committed() {
        return inventory.committed();
    }

    @Override
    public Snapshot tried(List<Change> changes) {
        return inventory.tried(changes);
    }

    @Override
    public CompletionStage<Snapshot> at(SnapshotRef ref) {
        return inventory.at(ref);
    }

    @Override
    public long measure(List<HostLoad> loads) {
        return inventory.measure(loads);
    }
}
