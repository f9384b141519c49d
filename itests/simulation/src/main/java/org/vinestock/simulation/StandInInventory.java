package org.vinestock.simulation;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.HostLoad;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Past;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/** Passes everything on; who extends it does one thing besides, or wrong. */
public class StandInInventory implements Inventory {
    private final Inventory inventory;

    /** Stands before another one. */
    protected StandInInventory(Inventory inventory) {
        this.inventory = inventory;
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
    public Past past() {
        return inventory.past();
    }

    @Override
    public long measure(List<HostLoad> loads) {
        return inventory.measure(loads);
    }

    @Override
    public Cancellable onChange(Lane lane, Runnable wake) {
        return inventory.onChange(lane, wake);
    }
}
