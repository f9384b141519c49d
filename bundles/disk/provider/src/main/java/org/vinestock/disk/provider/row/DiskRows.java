package org.vinestock.disk.provider.row;

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
import org.vinestock.model.VinestockException;
import org.vinestock.time.Lane;

/** Writes rows. Any thread. */
public final class DiskRows {
    private static final int TRIES = 64;

    private final Inventory inventory;
    private final Lane lane;

    /** Makes one that goes on on a lane. */
    public DiskRows(Inventory inventory, Lane lane) {
        this.inventory = inventory;
        this.lane = lane;
    }

    /**
     * Commits changes that are made from, and hold for, the very state that they are committed to: {@code changes} throws what
     * forbids them there, and is asked anew if something else changed meanwhile.
     */
    public CompletionStage<Long> commit(Function<Snapshot, List<Change>> changes) {
        return commit(changes, TRIES);
    }

    private CompletionStage<Long> commit(Function<Snapshot, List<Change>> changes, int tries) {
        Snapshot head = inventory.head();
        List<Change> made;
        try {
            made = changes.apply(head);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        return inventory
                .commit(new ChangeSet(head.ref().revision(), made, true))
                .thenComposeAsync(
                        commit -> {
                            if (commit instanceof Commit.Done done) {
                                return CompletableFuture.completedFuture(done.revision());
                            }
                            return tries > 1 ? commit(changes, tries - 1) : refused((Commit.Refused) commit);
                        },
                        lane);
    }

    private static CompletionStage<Long> refused(Commit.Refused commit) {
        return CompletableFuture.failedFuture(new VinestockException(
                MachineError.CHANGED_MEANWHILE,
                "the site changes all the time: " + commit.violations() + "; try again"));
    }
}
