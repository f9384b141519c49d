package org.vinestock.store.memory;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.HostLoad;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Past;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.model.VinestockException;
import org.vinestock.model.Violation;
import org.vinestock.store.snapshot.SiteSnapshot;
import org.vinestock.store.write.History;
import org.vinestock.store.write.PastStates;
import org.vinestock.store.write.Retention;
import org.vinestock.store.write.SnapshotWriter;
import org.vinestock.store.write.Wakes;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/**
 * An inventory in memory: what is numbered counts as durable, so {@link #head} and {@link #committed} are one, and the
 * stages that it returns are complete.
 *
 * <p>Writes happen under one lock, for some microseconds; reads take none, save {@link #at}.
 */
public final class MemoryInventory implements Inventory {
    private final SnapshotWriter writer;
    private final History history;
    private final Wakes wakes = new Wakes();
    private final Object lock = new Object();
    private volatile SiteSnapshot head;

    /** Makes an empty one. */
    public MemoryInventory(Retention retention) {
        this(retention, new SnapshotWriter(retention));
    }

    /** Makes one that begins with a state of another inventory, and shares with that only what never changes. */
    public MemoryInventory(Retention retention, SiteSnapshot from) {
        this(retention, new SnapshotWriter(retention, from.apart(retention.changes())));
    }

    private MemoryInventory(Retention retention, SnapshotWriter writer) {
        this.writer = writer;
        head = writer.head();
        history = new History(retention, head);
    }

    @Override
    public Snapshot head() {
        return head;
    }

    @Override
    public Snapshot committed() {
        return head;
    }

    @Override
    public CompletionStage<Snapshot> at(SnapshotRef ref) {
        SiteSnapshot newest = head;
        if (ref.equals(newest.ref())) {
            return CompletableFuture.completedStage(newest);
        }
        try {
            synchronized (lock) {
                return CompletableFuture.completedStage(history.at(ref));
            }
        } catch (VinestockException unknown) {
            return CompletableFuture.failedStage(unknown);
        }
    }

    @Override
    public Snapshot tried(List<Change> changes) {
        return head.tried(List.copyOf(changes));
    }

    @Override
    public Past past() {
        return new PastStates(this::at, this::logged, sample -> {
            synchronized (lock) {
                return CompletableFuture.completedStage(Optional.ofNullable(history.findLoads(sample)));
            }
        });
    }

    private CompletionStage<List<List<Change>>> logged(long after) {
        return CompletableFuture.completedStage(PastStates.logged(head, after));
    }

    @Override
    public CompletionStage<Commit> commit(ChangeSet changes) {
        long before;
        long after;
        synchronized (lock) {
            before = head.ref().revision();
            List<Violation> violations = writer.apply(changes);
            if (!violations.isEmpty()) {
                return CompletableFuture.completedStage(new Commit.Refused(violations));
            }
            head = writer.head();
            after = head.ref().revision();
            if (after != before) {
                history.add(head, changes.changes().size());
            }
        }
        if (after != before) {
            wakes.wake();
        }
        return CompletableFuture.completedStage(new Commit.Done(after));
    }

    /** See the interface. A sample of loads is no change and wakes nobody. */
    @Override
    public long measure(List<HostLoad> loads) {
        synchronized (lock) {
            history.add(writer.measure(loads));
            head = writer.head();
            return head.ref().sample();
        }
    }

    @Override
    public Cancellable onChange(Lane lane, Runnable wake) {
        return wakes.add(Objects.requireNonNull(lane), Objects.requireNonNull(wake));
    }
}
