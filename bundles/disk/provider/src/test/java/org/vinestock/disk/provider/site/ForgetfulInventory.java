package org.vinestock.disk.provider.site;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.vinestock.disk.provider.row.Unfinished;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.HostLoad;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/** Keeps no notes of files that are begun: to see that tests find it. */
public record ForgetfulInventory(Inventory inventory, Scheduler scheduler) implements Inventory {
    @Override
    public CompletionStage<Commit> commit(ChangeSet changes) {
        List<Change> others = changes.changes().stream()
                .filter(change -> !change.kind().equals(Unfinished.KIND))
                .toList();
        return inventory.commit(new ChangeSet(changes.basis(), others, changes.strict()));
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
