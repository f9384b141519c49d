package org.vinestock.store.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.vinestock.inventory.Change;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;

class ChangeLogTest {
    private record Row(HostId id) {}

    private static final Kind<Row> KIND = new Kind<>("row", Row.class);

    @Test
    void agreesWithAMapOfTheLatestChanges() {
        for (int limit : List.of(1, 2, 10, 300, 1000)) {
            SplittableRandom random = new SplittableRandom(limit);
            ChangeLog log = new ChangeLog(limit);
            TreeMap<Long, List<Change>> model = new TreeMap<>();
            int held = 0;
            for (long revision = 1; revision < 3000; revision++) {
                List<Change> changes = changes(revision, 1 + (random.nextInt(50) == 0 ? random.nextInt(2 * limit) : 0));
                log.add(revision, changes);
                model.put(revision, changes);
                held += changes.size();
                while (held > limit) {
                    held -= model.pollFirstEntry().getValue().size();
                }
                long oldest = model.isEmpty() ? revision : model.firstKey() - 1;
                for (long after : List.of(revision, revision - 1, oldest, oldest - 1, random.nextLong(revision), 0L)) {
                    assertEquals(expected(model, after, revision, oldest), log.between(after, revision));
                }
            }
        }
    }

    private static Optional<List<Change>> expected(
            SortedMap<Long, List<Change>> model, long after, long upTo, long oldest) {
        if (after < oldest) {
            return Optional.empty();
        }
        List<Change> all = new ArrayList<>();
        model.tailMap(after + 1).headMap(upTo + 1).values().forEach(all::addAll);
        return Optional.of(all);
    }

    @Test
    void tellsNothingAboutTheFuture() {
        ChangeLog log = new ChangeLog(10);
        log.add(1, changes(1, 1));
        assertEquals(Optional.empty(), log.between(2, 1));
        assertEquals(Optional.empty(), log.between(-1, 1));
        assertEquals(Optional.of(List.of()), log.between(1, 1));
    }

    private static List<Change> changes(long revision, int count) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            HostId id = new HostId("h" + revision + "-" + i);
            changes.add(new Change.Put<>(KIND, id, new Row(id)));
        }
        return List.copyOf(changes);
    }
}
