package org.vinestock.store.write;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.model.VinestockException;
import org.vinestock.store.snapshot.Loads;
import org.vinestock.store.snapshot.SiteSnapshot;

/**
 * Former states, bounded: the latest revisions and the latest samples of loads, put together on demand.
 *
 * <p>Only a snapshot every {@value #STRIDE} changes or so is kept; those between are made again from the change log, in
 * less than a millisecond. So what a change copied is garbage soon, and cheap to collect.
 *
 * <p>Not safe for threads: the store calls it under its lock.
 */
public final class History {
    private static final int STRIDE = 64;

    private final Retention retention;
    private final TreeMap<Long, SiteSnapshot> snapshots = new TreeMap<>();
    private final TreeMap<Long, Loads> samples = new TreeMap<>();
    private SiteSnapshot newest;
    private int changesSinceKept;

    /** Begins with {@code first}. */
    public History(Retention retention, SiteSnapshot first) {
        this.retention = retention;
        newest = first;
        snapshots.put(first.ref().revision(), first);
        samples.put(first.ref().sample(), first.loads());
    }

    /** Takes in the state after the newest revision, and how many changes made it. */
    public void add(SiteSnapshot snapshot, int changes) {
        newest = snapshot;
        changesSinceKept += changes;
        if (changesSinceKept >= STRIDE) {
            changesSinceKept = 0;
            snapshots.put(snapshot.ref().revision(), snapshot);
            dropSnapshots();
        }
    }

    /** Keeps one snapshot before the first revision that can be made again. */
    private void dropSnapshots() {
        Map.Entry<Long, SiteSnapshot> base = snapshots.floorEntry(firstInRange());
        if (base != null) {
            snapshots.headMap(base.getKey()).clear();
        }
        snapshots.headMap(newest.oldestLogged() - 1).clear();
    }

    private long firstInRange() {
        return Math.max(0, newest.ref().revision() - retention.revisions() + 1);
    }

    /** Keeps the newest sample. */
    public void add(Loads loads) {
        samples.put(loads.sample(), loads);
        while (samples.size() > retention.samples()) {
            samples.pollFirstEntry();
        }
    }

    /**
     * Returns a former state.
     *
     * @throws VinestockException {@code REVISION_UNKNOWN} if its revision or its sample is not kept
     */
    public Snapshot at(SnapshotRef ref) {
        return at(ref.revision(), loads(ref.sample()));
    }

    /**
     * Returns a former state with loads that the caller knows.
     *
     * @throws VinestockException {@code REVISION_UNKNOWN} if its revision is not kept
     */
    public Snapshot at(long revision, Loads loads) {
        SiteSnapshot snapshot = revision(revision);
        if (snapshot == null) {
            throw unknown("revision " + revision + " is not kept; revisions " + oldest() + " to "
                    + newest.ref().revision());
        }
        return snapshot.with(loads);
    }

    /** Whether a former revision can be made again. */
    public boolean has(long revision) {
        return revision >= oldest() && revision <= newest.ref().revision();
    }

    /**
     * Returns a sample of loads.
     *
     * @throws VinestockException {@code REVISION_UNKNOWN} if it is not kept
     */
    public Loads loads(long sample) {
        Loads loads = findLoads(sample);
        if (loads == null) {
            throw unknown(
                    "sample " + sample + " is not kept; samples " + samples.firstKey() + " to " + samples.lastKey());
        }
        return loads;
    }

    /** Returns a sample of loads, null if it is not kept; number 0 always is: no loads. */
    public @Nullable Loads findLoads(long sample) {
        return sample == 0 ? Loads.none(0) : samples.get(sample);
    }

    private @Nullable SiteSnapshot revision(long revision) {
        if (revision < firstInRange() || revision > newest.ref().revision()) {
            return null;
        }
        if (revision == newest.ref().revision()) {
            return newest;
        }
        Map.Entry<Long, SiteSnapshot> base = snapshots.floorEntry(revision);
        if (base == null) {
            return null;
        }
        SiteSnapshot snapshot = base.getValue();
        for (long next = base.getKey() + 1; next <= revision; next++) {
            Optional<List<Change>> changes = newest.changesBetween(next - 1, next);
            if (changes.isEmpty()) {
                return null;
            }
            snapshot = snapshot.next(changes.get());
        }
        return snapshot;
    }

    /** The oldest revision from which on all are kept. */
    private long oldest() {
        long first = firstInRange();
        long logged = newest.oldestLogged() - 1;
        Map.Entry<Long, SiteSnapshot> base = snapshots.floorEntry(first);
        if (base != null && base.getKey() >= logged) {
            return first;
        }
        Long kept = snapshots.ceilingKey(Math.max(first, logged));
        return kept == null ? newest.ref().revision() : kept;
    }

    private static VinestockException unknown(String text) {
        return new VinestockException(StoreError.REVISION_UNKNOWN, text + " are, look at one of these or keep more");
    }
}
