package org.vinestock.machines.provider.step;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineError;
import org.vinestock.model.ObjectId;
import org.vinestock.model.VinestockException;
import org.vinestock.time.Lane;

/** Writes desired rows; whoever does holds the claim on the object. */
public final class SiteRows {
    private static final int TRIES = 5;
    private static final int CHECKED_TRIES = 64;

    private final Inventory inventory;
    private final Lane lane;

    /** Makes one whose commits go on on a lane. */
    public SiteRows(Inventory inventory, Lane lane) {
        this.inventory = inventory;
        this.lane = lane;
    }

    /**
     * Commits changes on the newest state, several times if a follower changed an observed row in between; fails with
     * {@code CHANGED_MEANWHILE} if someone else was quicker each time.
     */
    public CompletionStage<Long> commit(Change... changes) {
        List<Change> all = List.of(changes);
        return commit(snapshot -> all, false, TRIES);
    }

    /** The same with changes that are made from, and hold for, the very state that they are committed to. */
    public CompletionStage<Long> commitChecked(Function<Snapshot, List<Change>> changes) {
        return commit(changes, true, CHECKED_TRIES);
    }

    private CompletionStage<Long> commit(Function<Snapshot, List<Change>> made, boolean strict, int tries) {
        Snapshot head = inventory.head();
        List<Change> changes = made.apply(head);
        return inventory
                .commit(new ChangeSet(head.ref().revision(), changes, strict))
                .thenComposeAsync(
                        commit -> {
                            if (commit instanceof Commit.Done done) {
                                return CompletableFuture.completedFuture(done.revision());
                            }
                            return tries > 1
                                    ? commit(made, strict, tries - 1)
                                    : refused(changes, (Commit.Refused) commit);
                        },
                        lane);
    }

    private static CompletionStage<Long> refused(List<Change> changes, Commit.Refused commit) {
        ObjectId id = changes.get(0).id();
        return CompletableFuture.failedFuture(new VinestockException(
                MachineError.CHANGED_MEANWHILE,
                id.kind() + " " + id.value() + " was changed meanwhile: " + commit.violations() + "; try again"));
    }
}
