package org.vinestock.store.snapshot;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;

/**
 * The latest changes by revision, bounded by their number; shared by all snapshots of an inventory.
 *
 * <p>Written by the writer under its lock, read by any thread. Revision r is in slot {@code r mod length}; a reader
 * that finds another revision there knows that r was dropped.
 */
final class ChangeLog {
    private static final int SMALLEST = 256;

    private final int limit;
    private volatile AtomicReferenceArray<@Nullable Slot> slots = new AtomicReferenceArray<>(SMALLEST);
    private int held;
    private long oldest = 1;
    private long newest;

    private record Slot(long revision, List<Change> changes) {}

    /** Makes an empty one that holds at most {@code limit} changes. */
    ChangeLog(int limit) {
        this.limit = limit;
    }

    void add(long revision, List<Change> changes) {
        if (newest == 0) {
            oldest = revision;
        }
        newest = revision;
        held += changes.size();
        while (held > limit) {
            Slot dropped = slots.getAndSet(at(slots, oldest), null);
            held -= dropped == null ? changes.size() : dropped.changes.size();
            oldest++;
        }
        if (oldest <= newest) {
            if (newest - oldest >= slots.length()) {
                slots = doubled();
            }
            slots.set(at(slots, newest), new Slot(revision, changes));
        }
    }

    private AtomicReferenceArray<@Nullable Slot> doubled() {
        AtomicReferenceArray<@Nullable Slot> larger = new AtomicReferenceArray<>(2 * slots.length());
        for (long revision = oldest; revision < newest; revision++) {
            larger.set(at(larger, revision), slots.get(at(slots, revision)));
        }
        return larger;
    }

    /** The oldest revision that is held, or one after the newest. */
    long oldest() {
        return oldest;
    }

    /** Returns the changes after one revision up to and including another; empty if one of them is not held. */
    Optional<List<Change>> between(long after, long upTo) {
        AtomicReferenceArray<@Nullable Slot> read = slots;
        if (after == upTo) {
            return Optional.of(List.of());
        }
        if (after < 0 || after > upTo || upTo - after > read.length()) {
            return Optional.empty();
        }
        List<Change> all = new ArrayList<>();
        for (long revision = after + 1; revision <= upTo; revision++) {
            Slot slot = read.get(at(read, revision));
            if (slot == null || slot.revision != revision) {
                return Optional.empty();
            }
            if (upTo - after == 1) {
                return Optional.of(slot.changes);
            }
            all.addAll(slot.changes);
        }
        return Optional.of(Collections.unmodifiableList(all));
    }

    private static int at(AtomicReferenceArray<?> slots, long revision) {
        return (int) (revision & (slots.length() - 1));
    }
}
