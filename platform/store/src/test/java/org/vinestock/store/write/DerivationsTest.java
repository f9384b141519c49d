package org.vinestock.store.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Derivation;
import org.vinestock.inventory.HostLoad;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;

class DerivationsTest {
    private record Row(HostId id) {}

    private static final Kind<Row> KIND = new Kind<>("row", Row.class);

    /** Counts rows, and how it came to know them. */
    private static final class Counter implements Derivation<Integer> {
        private int built;
        private int updated;
        private int looked;

        @Override
        public Integer build(Snapshot snapshot) {
            built++;
            return snapshot.rows(KIND).size();
        }

        @Override
        public Integer update(Integer before, Snapshot earlier, Snapshot now, List<Change> changes) {
            updated++;
            looked += changes.size();
            assertEquals(before, earlier.rows(KIND).size());
            return before + changes.size();
        }
    }

    private final SnapshotWriter writer = new SnapshotWriter(new Retention(10, 10, 100));
    private final Counter counter = new Counter();
    private int hosts;

    @Test
    void looksAtTheChangesOnly() {
        for (int i = 1; i <= 50; i++) {
            add(2);
            assertEquals(2 * i, writer.head().derive(counter));
            assertEquals(2 * i, writer.head().derive(counter));
        }
        assertEquals("1 built, 49 updated, 98 changes", counts());
    }

    @Test
    void buildsAnewForASnapshotOlderThanWhatItKeeps() {
        Snapshot old = writer.head();
        add(1);
        assertEquals(1, writer.head().derive(counter));
        assertEquals(0, old.derive(counter));
        assertEquals(0, old.derive(counter));
        assertEquals("2 built, 0 updated, 0 changes", counts());
    }

    @Test
    void buildsAnewWhenTheChangesAreNoLongerKnown() {
        assertEquals(0, writer.head().derive(counter));
        add(200);
        assertEquals(200, writer.head().derive(counter));
        assertEquals("2 built, 0 updated, 0 changes", counts());
    }

    @Test
    void isAskedAgainForANewSampleOfLoads() {
        assertEquals(0, writer.head().derive(counter));
        writer.measure(List.of(new HostLoad(new HostId("h"), 0.5)));
        assertEquals(0, writer.head().derive(counter));
        assertEquals("1 built, 1 updated, 0 changes", counts());
    }

    @Test
    void forgetsWhatNobodyAsksForSoThatItsBundleCanGo() {
        assertEquals(0, writer.head().derive(counter));
        for (int i = 0; i < 600; i++) {
            writer.measure(List.of());
        }
        assertEquals(0, writer.head().derive(counter));
        assertTrue(counter.built == 2, counts());
    }

    private String counts() {
        return counter.built + " built, " + counter.updated + " updated, " + counter.looked + " changes";
    }

    private void add(int count) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            HostId id = new HostId("h" + hosts++);
            changes.add(new Change.Put<>(KIND, id, new Row(id)));
        }
        assertEquals(List.of(), writer.apply(new ChangeSet(writer.head().ref().revision(), changes)));
    }
}
