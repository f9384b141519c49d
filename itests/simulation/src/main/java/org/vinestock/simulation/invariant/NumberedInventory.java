package org.vinestock.simulation.invariant;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
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

/** Stands before an inventory and counts its revisions. */
final class NumberedInventory implements Inventory {
    private final Inventory inventory;
    private final Scheduler scheduler;
    private final Reservations reservations;
    private final Lane lane;
    private long revision;
    private @Nullable String wrong;

    NumberedInventory(Inventory inventory, Scheduler scheduler, Reservations reservations) {
        this.inventory = inventory;
        this.scheduler = scheduler;
        this.reservations = reservations;
        revision = inventory.head().ref().revision();
        lane = scheduler.lane("count");
    }

    /** What was found wrong; null if nothing. */
    @Nullable
    String wrong() {
        if (wrong == null && inventory.committed().ref().revision() > revision) {
            return "revision " + inventory.committed().ref() + " is committed, but " + revision + " is the head";
        }
        return wrong;
    }

    @Override
    public CompletionStage<Commit> commit(ChangeSet changes) {
        Snapshot before = inventory.head();
        CompletionStage<Commit> stage = inventory.commit(changes);
        long now = inventory.head().ref().revision();
        if (now != revision && now != revision + 1) {
            wrong = "one change set took the head from revision " + revision + " to " + now;
        }
        boolean numbered = now != revision;
        revision = now;
        if (numbered && changes.strict()) {
            reservations.made(now, changes, before, scheduler.instant());
        }
        stage.whenCompleteAsync(
                (commit, thrown) -> {
                    if (numbered && !(commit instanceof Commit.Done done && done.revision() == now)) {
                        wrong = "the change set that made revision " + now + " ended as " + commit + " " + thrown;
                    }
                },
                lane);
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
    public Cancellable onChange(Lane on, Runnable wake) {
        return inventory.onChange(on, wake);
    }
}
