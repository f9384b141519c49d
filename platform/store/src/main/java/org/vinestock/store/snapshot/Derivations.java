package org.vinestock.store.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Derivation;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;

/**
 * What was derived from recent snapshots, shared by all snapshots of an inventory. Any thread; two that ask for the same
 * thing at once may both compute it.
 *
 * <p>A derivation that nobody asked for while {@value #SWEEP} to twice as many snapshots were made is forgotten, so that
 * a bundle that is gone is not held; on a site with many rows, where it costs more to derive it anew, later.
 */
final class Derivations {
    private static final int SWEEP = 256;
    private static final int ROWS_A_SNAPSHOT = 8;
    private static final int KEPT = 8;

    private final List<Slot<?>> slots = new CopyOnWriteArrayList<>();
    private int made;

    private record Kept<D>(SnapshotRef ref, Snapshot from, D value) {}

    /** Counts snapshots and forgets what nobody asks for; called by the writer. */
    void snapshotMade(int rows) {
        if (++made >= Math.max(SWEEP, rows / ROWS_A_SNAPSHOT)) {
            made = 0;
            slots.removeIf(Slot::notAskedSinceLastTime);
        }
    }

    <D> D derive(Derivation<D> derivation, Snapshot snapshot) {
        return slot(derivation).value(snapshot);
    }

    @SuppressWarnings("unchecked") // a slot has the type of its derivation
    private <D> Slot<D> slot(Derivation<D> derivation) {
        for (Slot<?> slot : slots) {
            if (slot.derivation == derivation) {
                return (Slot<D>) slot;
            }
        }
        synchronized (slots) {
            for (Slot<?> slot : slots) {
                if (slot.derivation == derivation) {
                    return (Slot<D>) slot;
                }
            }
            Slot<D> slot = new Slot<>(derivation);
            slots.add(slot);
            return slot;
        }
    }

    private static final class Slot<D> {
        private final Derivation<D> derivation;
        private volatile List<Kept<D>> recent = List.of();
        private volatile boolean asked;

        Slot(Derivation<D> derivation) {
            this.derivation = derivation;
        }

        boolean notAskedSinceLastTime() {
            boolean idle = !asked;
            asked = false;
            return idle;
        }

        D value(Snapshot snapshot) {
            asked = true;
            SnapshotRef ref = snapshot.ref();
            Kept<D> base = null;
            for (Kept<D> kept : recent) {
                if (kept.ref.equals(ref)) {
                    return kept.value;
                }
                if (kept.ref.revision() <= ref.revision()
                        && (base == null || kept.ref.revision() > base.ref.revision())) {
                    base = kept;
                }
            }
            D value = computed(snapshot, base);
            keep(new Kept<>(ref, snapshot, value));
            return value;
        }

        private D computed(Snapshot snapshot, @Nullable Kept<D> base) {
            if (base != null) {
                Optional<List<Change>> changes = snapshot.changesSince(base.ref.revision());
                if (changes.isPresent()) {
                    return derivation.update(base.value, base.from, snapshot, changes.get());
                }
            }
            return derivation.build(snapshot);
        }

        private synchronized void keep(Kept<D> newest) {
            List<Kept<D>> copy = new ArrayList<>(KEPT);
            copy.add(newest);
            copy.addAll(recent.subList(0, Math.min(recent.size(), KEPT - 1)));
            recent = copy;
        }
    }
}
