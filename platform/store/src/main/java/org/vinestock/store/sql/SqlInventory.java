package org.vinestock.store.sql;

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
import org.vinestock.store.snapshot.Loads;
import org.vinestock.store.snapshot.SiteSnapshot;
import org.vinestock.store.write.History;
import org.vinestock.store.write.PastStates;
import org.vinestock.store.write.Retention;
import org.vinestock.store.write.SnapshotWriter;
import org.vinestock.store.write.StoreError;
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
    private final Samples samples;
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
            Checkpointer checkpointer,
            Samples samples) {
        this.checkpointer = checkpointer;
        this.samples = samples;
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
        return loads(ref.sample())
                .thenComposeAsync(
                        kept -> kept.isPresent()
                                ? at(ref.revision(), kept.get())
                                : CompletableFuture.failedStage(unknownSample(ref.sample())),
                        Runnable::run);
    }

    @Override
    public Past past() {
        return new PastStates(this::at, this::changesAfter, this::loads);
    }

    private CompletionStage<Optional<Loads>> loads(long sample) {
        Loads loads;
        synchronized (lock) {
            loads = history.findLoads(sample);
        }
        return loads == null ? samples.find(sample) : CompletableFuture.completedStage(Optional.of(loads));
    }

    private CompletionStage<List<List<Change>>> changesAfter(long revision) {
        SiteSnapshot newest = committed;
        List<List<Change>> logged = PastStates.logged(newest, revision);
        long last = Math.min(newest.ref().revision(), revision + PastStates.PAGE);
        return logged.isEmpty()
                ? reads.run(connection -> reader.changes(connection, revision, last))
                : CompletableFuture.completedStage(logged);
    }

    private static VinestockException unknownSample(long sample) {
        return new VinestockException(
                StoreError.REVISION_UNKNOWN,
                "sample " + sample + " of loads is not kept; look at a newer one, or keep more: samples.hours");
    }

    private CompletionStage<Snapshot> at(long revision, Loads loads) {
        try {
            synchronized (lock) {
                if (revision > committed.ref().revision() || history.has(revision)) {
                    return CompletableFuture.completedStage(history.at(revision, loads));
                }
            }
        } catch (VinestockException unknown) {
            return CompletableFuture.failedStage(unknown);
        }
        return reads.run(connection -> reader.at(connection, revision).with(loads));
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
            Loads measured = writer.measure(loads);
            history.add(measured);
            samples.measured(measured);
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
