package org.vinestock.store.sql;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.HostLoad;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.model.VinestockException;
import org.vinestock.model.Violation;
import org.vinestock.store.snapshot.Loads;
import org.vinestock.store.snapshot.SiteSnapshot;
import org.vinestock.store.write.History;
import org.vinestock.store.write.Retention;
import org.vinestock.store.write.SnapshotWriter;
import org.vinestock.store.write.Wakes;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/**
 * An inventory whose head is in memory and whose changes are durable when the group writer has written them.
 *
 * <p>Changes are checked and numbered under one lock, for some microseconds, and given to the writer in that order; reads
 * take none, save {@link #at}.
 */
final class SqlInventory implements Inventory {
    private final GroupWriter group;
    private final Reads reads;
    private final SiteReader reader;
    private final RowCodec codec;
    private final Kinds kinds;
    private final Checkpointer checkpointer;
    private final SnapshotWriter writer;
    private final History history;
    private final Wakes wakes = new Wakes();
    private final Object lock = new Object();
    private volatile SiteSnapshot head;
    private volatile SiteSnapshot committed;

    /** Begins with the site that was read. */
    SqlInventory(
            SiteSnapshot site,
            Retention retention,
            GroupWriter group,
            Reads reads,
            SiteReader reader,
            RowCodec codec,
            Kinds kinds,
            Checkpointer checkpointer) {
        this.checkpointer = checkpointer;
        this.group = group;
        this.reads = reads;
        this.reader = reader;
        this.codec = codec;
        this.kinds = kinds;
        writer = new SnapshotWriter(retention, site);
        history = new History(retention, site);
        head = site;
        committed = site;
    }

    @Override
    public Snapshot head() {
        return head;
    }

    @Override
    public SiteSnapshot committed() {
        return committed;
    }

    @Override
    public CompletionStage<Snapshot> at(SnapshotRef ref) {
        SiteSnapshot newest = committed;
        if (ref.equals(newest.ref())) {
            return CompletableFuture.completedStage(newest);
        }
        Loads loads;
        try {
            synchronized (lock) {
                loads = history.loads(ref.sample());
                if (ref.revision() > newest.ref().revision() || history.has(ref.revision())) {
                    return CompletableFuture.completedStage(history.at(ref));
                }
            }
        } catch (VinestockException unknown) {
            return CompletableFuture.failedStage(unknown);
        }
        return reads.run(connection -> reader.at(connection, ref.revision()).with(loads));
    }

    @Override
    public Snapshot tried(List<Change> changes) {
        return head.tried(List.copyOf(changes));
    }

    @Override
    public CompletionStage<Commit> commit(ChangeSet set) {
        if (set.changes().size() > ChangeKey.PLACES) {
            throw new IllegalArgumentException(
                    "changes: " + set.changes().size() + " in one change set; accepted: up to " + ChangeKey.PLACES);
        }
        synchronized (lock) {
            SiteSnapshot before = writer.head();
            List<Violation> violations = writer.apply(set);
            if (!violations.isEmpty()) {
                return CompletableFuture.completedStage(new Commit.Refused(violations));
            }
            SiteSnapshot after = writer.head();
            long revision = after.ref().revision();
            if (revision == before.ref().revision()) {
                return CompletableFuture.completedStage(new Commit.Done(revision));
            }
            List<Change> changes = after.changesBetween(revision - 1, revision).orElse(set.changes());
            RevisionWrite write = new RevisionWrite(after, changes, codec, kinds, this::durable);
            head = after;
            history.add(after, changes.size());
            group.write(write);
            return write.stage();
        }
    }

    /** On the writer's thread, in the order of revisions. */
    private void durable(SiteSnapshot site, int changes) {
        synchronized (lock) {
            committed = site.with(head.loads());
        }
        checkpointer.committed(site, changes);
        wakes.wake();
    }

    /** See the interface. A sample of loads is no change and wakes nobody. */
    @Override
    public long measure(List<HostLoad> loads) {
        synchronized (lock) {
            history.add(writer.measure(loads));
            head = writer.head();
            committed = committed.with(head.loads());
            return head.ref().sample();
        }
    }

    @Override
    public Cancellable onChange(Lane lane, Runnable wake) {
        return wakes.add(Objects.requireNonNull(lane), Objects.requireNonNull(wake));
    }
}
