package org.vinestock.store.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.model.VinestockException;

class HistoryTest {
    private record Row(HostId id, long number) {}

    private static final Kind<Row> KIND = new Kind<>("row", Row.class);

    @Test
    void keepsExactlyTheLatestRevisionsWhateverTheSizeOfTheirChanges() {
        for (int kept : List.of(1, 2, 63, 64, 65, 200)) {
            Retention retention = new Retention(kept, 1, 1_000_000);
            SplittableRandom random = new SplittableRandom(kept);
            SnapshotWriter writer = new SnapshotWriter(retention);
            History history = new History(retention, writer.head());
            for (long revision = 1; revision <= 700; revision++) {
                commit(writer, history, random.nextInt(40) == 0 ? 100 : 1);
                if (revision % 50 == 0 || revision == kept) {
                    assertKept(history, Math.max(0, revision - kept + 1), revision);
                }
            }
        }
    }

    @Test
    void saysHonestlyWhatIsLeftWhenTheChangesAreNoLongerKnown() {
        Retention retention = new Retention(1000, 1, 100);
        SnapshotWriter writer = new SnapshotWriter(retention);
        History history = new History(retention, writer.head());
        for (int i = 0; i < 500; i++) {
            commit(writer, history, 1);
        }
        String message = unknown(history, 10);
        assertTrue(message.startsWith("revision 10 is not kept; revisions "), message);
        long oldest = Long.parseLong(message.split(" ", -1)[6]);
        assertTrue(oldest <= 500 - 100 + 64, message);
        for (long revision = oldest; revision <= 500; revision++) {
            assertEquals(
                    revision, history.at(new SnapshotRef(revision, 0)).ref().revision());
        }
    }

    private static void assertKept(History history, long oldest, long newest) {
        for (long revision = oldest; revision <= newest; revision++) {
            Snapshot snapshot = history.at(new SnapshotRef(revision, 0));
            assertEquals(revision, snapshot.ref().revision());
            long largest = 0;
            for (Row row : snapshot.rows(KIND)) {
                largest = Math.max(largest, row.number);
            }
            assertEquals(revision, largest);
        }
        if (oldest > 0) {
            String message = unknown(history, oldest - 1);
            assertTrue(message.contains("revisions " + oldest + " to " + newest + " are"), message);
        }
        unknown(history, newest + 1);
    }

    private static String unknown(History history, long revision) {
        return assertThrows(VinestockException.class, () -> history.at(new SnapshotRef(revision, 0)))
                .getMessage();
    }

    private static void commit(SnapshotWriter writer, History history, int size) {
        long revision = writer.head().ref().revision();
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            HostId id = new HostId("h" + i);
            changes.add(new Change.Put<>(KIND, id, new Row(id, revision + 1)));
        }
        assertEquals(List.of(), writer.apply(new ChangeSet(revision, changes)));
        history.add(writer.head(), size);
    }
}
