package org.vinestock.store.snapshot;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.model.VinestockException;

/**
 * Former states, bounded: the latest revisions and the latest samples of loads, put together on demand. Not safe for
 * threads: the store calls it under its lock.
 */
public final class History {
    private final Ring<SiteSnapshot> revisions;
    private final Ring<Loads> samples;

    /** Begins with {@code first}. */
    public History(Retention retention, SiteSnapshot first) {
        revisions = new Ring<>(retention.revisions(), first.ref().revision(), first);
        samples = new Ring<>(retention.samples(), first.ref().sample(), first.loads());
    }

    /** Keeps the state after the newest revision; the same revision again is passed over. */
    public void add(SiteSnapshot snapshot) {
        if (snapshot.ref().revision() > revisions.newest) {
            revisions.add(snapshot);
        }
    }

    /** Keeps the newest sample. */
    public void add(Loads loads) {
        samples.add(loads);
    }

    /**
     * Returns a former state.
     *
     * @throws VinestockException {@code REVISION_UNKNOWN} if its revision or its sample is not kept
     */
    public Snapshot at(SnapshotRef ref) {
        SiteSnapshot snapshot = revisions.get(ref.revision());
        if (snapshot == null) {
            throw unknown("revision " + ref.revision(), revisions, "revisions");
        }
        Loads loads = samples.get(ref.sample());
        if (loads == null) {
            throw unknown("sample " + ref.sample(), samples, "samples");
        }
        return snapshot.with(loads);
    }

    private static VinestockException unknown(String what, Ring<?> ring, String many) {
        return new VinestockException(
                StoreError.REVISION_UNKNOWN,
                what + " is not kept; " + many + " " + ring.oldest() + " to " + ring.newest
                        + " are, look at one of these or keep more");
    }

    /** The latest of things that are numbered without gaps, one after the other. */
    private static final class Ring<T> {
        private final int limit;
        private final List<T> slots = new ArrayList<>();
        private final long first;
        private long newest;

        Ring(int limit, long first, T thing) {
            this.limit = limit;
            this.first = first;
            newest = first;
            slots.add(thing);
        }

        long oldest() {
            return Math.max(first, newest - limit + 1);
        }

        void add(T next) {
            newest++;
            if (slots.size() < limit) {
                slots.add(next);
            } else {
                slots.set(slot(newest), next);
            }
        }

        @Nullable
        T get(long number) {
            return number < oldest() || number > newest ? null : slots.get(slot(number));
        }

        private int slot(long number) {
            return (int) ((number - first) % limit);
        }
    }
}
