package org.vinestock.simulation.invariant;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.simulation.StandInInventory;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/** Stands before an inventory and counts its revisions. */
final class NumberedInventory extends StandInInventory {
    private final Scheduler scheduler;
    private final Reservations reservations;
    private final Restarts restarts;
    private final Lane lane;
    private long revision;
    private @Nullable String wrong;

    NumberedInventory(Inventory inventory, Scheduler scheduler, Reservations reservations, Restarts restarts) {
        super(inventory);
        this.scheduler = scheduler;
        this.reservations = reservations;
        this.restarts = restarts;
        revision = head().ref().revision();
        lane = scheduler.lane("count");
    }

    /** What was found wrong; null if nothing. */
    @Nullable
    String wrong() {
        if (wrong == null && committed().ref().revision() > revision) {
            return "revision " + committed().ref() + " is committed, but " + revision + " is the head";
        }
        return wrong;
    }

    @Override
    public CompletionStage<Commit> commit(ChangeSet changes) {
        Snapshot before = head();
        CompletionStage<Commit> stage = super.commit(changes);
        long now = head().ref().revision();
        if (now != revision && now != revision + 1) {
            wrong = "one change set took the head from revision " + revision + " to " + now;
        }
        boolean numbered = now != revision;
        revision = now;
        if (numbered && changes.strict()) {
            reservations.made(now, changes, before, scheduler.nanoTime());
            restarts.reserved(now, changes, before, scheduler.nanoTime());
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
}
