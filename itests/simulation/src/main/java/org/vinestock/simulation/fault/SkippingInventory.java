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
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/** An inventory that now and then counts twice. */
final class SkippingInventory implements Inventory {
    private record Nothing(HostId id) {}

    private static final Kind<Nothing> NOTHING = new Kind<>("nothing", Nothing.class);
    private static final HostId ID = new HostId("nothing");
    private static final long EVERY = 20;

    private final Inventory inventory;

    SkippingInventory(Inventory inventory) {
        this.inventory = inventory;
    }

    @Override
    public CompletionStage<Commit> commit(ChangeSet changes) {
        CompletionStage<Commit> stage = inventory.commit(changes);
        long revision = head().ref().revision();
        if (revision % EVERY == EVERY - 1) {
            inventory.commit(new ChangeSet(revision, List.of(new Change.Put<>(NOTHING, ID, new Nothing(ID)))));
        }
        return stage;
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

    @Override
    public Cancellable onChange(Lane lane, Runnable wake) {
        return inventory.onChange(lane, wake);
    }
}
