package org.vinestock.testkit.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.HostLoad;
import org.vinestock.inventory.HostRow;
import org.vinestock.inventory.OccupantRow;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.model.ObjectId;

/**
 * The inventory as its documentation reads, without a thought for speed: sorted maps, everything computed anew. What a
 * real one is compared with.
 */
final class NaiveInventory {
    /** A state by revision: rows by table and key. */
    private record State(SortedMap<String, SortedMap<String, Record>> tables) {}

    private final List<State> states = new ArrayList<>();
    private final List<List<Change>> log = new ArrayList<>();
    private final SortedMap<String, Long> changedAt = new TreeMap<>();
    private final SortedMap<String, Double> loads = new TreeMap<>();
    private long sample;

    NaiveInventory() {
        states.add(new State(new TreeMap<>()));
    }

    long revision() {
        return states.size() - 1L;
    }

    long sample() {
        return sample;
    }

    /** Orders as the documentation says: by the id's value. */
    private static String key(ObjectId id) {
        return id.value() + '\1' + id.kind();
    }

    private static String key(Change change) {
        return change.kind().name() + '\1' + key(change.id());
    }

    /** Whether a change set is a mistake of its caller. */
    boolean mistaken(ChangeSet set) {
        SortedSet<String> seen = new TreeSet<>();
        for (Change change : set.changes()) {
            if (!seen.add(key(change)) || (change instanceof Change.Put<?> put && mistaken(put))) {
                return true;
            }
        }
        return set.basis() < 0 || set.basis() > revision();
    }

    private static boolean mistaken(Change.Put<?> put) {
        boolean mistaken = false;
        if (put.value() instanceof HostRow row) {
            mistaken =
                    row.millicores() < 0 || row.memory() < 0 || !key(row.id()).equals(key(put.id()));
        }
        if (put.value() instanceof OccupantRow row) {
            mistaken |= row.millicores() < 0 || row.memory() < 0;
        }
        return mistaken;
    }

    /** How many rows of a change set changed after its basis. */
    int outdated(ChangeSet set) {
        int count = 0;
        for (Change change : set.changes()) {
            count += changedAt.getOrDefault(key(change), 0L) > set.basis() ? 1 : 0;
        }
        return count;
    }

    void apply(ChangeSet set) {
        SortedMap<String, SortedMap<String, Record>> next = new TreeMap<>();
        states.get(states.size() - 1).tables.forEach((name, rows) -> next.put(name, new TreeMap<>(rows)));
        List<Change> effective = new ArrayList<>();
        for (Change change : set.changes()) {
            SortedMap<String, Record> rows = next.computeIfAbsent(change.kind().name(), name -> new TreeMap<>());
            if (change instanceof Change.Put<?> put) {
                rows.put(key(change.id()), put.value());
                effective.add(change);
            } else if (rows.remove(key(change.id())) != null) {
                effective.add(change);
            }
        }
        if (!effective.isEmpty()) {
            states.add(new State(next));
            log.add(effective);
            effective.forEach(change -> changedAt.put(key(change), revision()));
        }
    }

    void measure(List<HostLoad> measured) {
        sample++;
        measured.forEach(load -> loads.put(load.host().value(), load.share()));
    }

    double load(HostId host) {
        return loads.getOrDefault(host.value(), 0.0);
    }

    List<Record> rows(long revision, Kind<?> kind) {
        return List.copyOf(table(revision, kind).values());
    }

    List<Record> after(long revision, Kind<?> kind, String value) {
        return List.copyOf(table(revision, kind).tailMap(value + '\2').values());
    }

    @Nullable
    Record find(long revision, Kind<?> kind, ObjectId id) {
        return table(revision, kind).get(key(id));
    }

    private SortedMap<String, Record> table(long revision, Kind<?> kind) {
        return states.get((int) revision).tables.getOrDefault(kind.name(), new TreeMap<>());
    }

    List<Change> changes(long after, long upTo) {
        return log.subList((int) after, (int) upTo).stream()
                .flatMap(List::stream)
                .toList();
    }

    /** A host as text: whether it accepts, what it offers, what is free. */
    String host(long revision, HostId host) {
        boolean known = false;
        boolean accepts = true;
        long millicores = 0;
        long memory = 0;
        for (Map<String, Record> rows : states.get((int) revision).tables.values()) {
            if (rows.get(key(host)) instanceof HostRow row) {
                known = true;
                accepts &= row.accepts();
                millicores += row.millicores();
                memory += row.memory();
            }
        }
        long[] taken = taken(revision, host);
        return text(known && accepts, millicores, memory, millicores - taken[0], memory - taken[1]);
    }

    static String text(boolean accepts, long millicores, long memory, long freeMillicores, long freeMemory) {
        return (accepts ? "accepts " : "closed ") + millicores + '/' + memory + ", free " + freeMillicores + '/'
                + freeMemory;
    }

    private long[] taken(long revision, HostId host) {
        SortedMap<String, long[]> largest = new TreeMap<>();
        for (Map<String, Record> rows : states.get((int) revision).tables.values()) {
            rows.forEach((key, row) -> {
                if (row instanceof OccupantRow occupant && Objects.equals(occupant.host(), host)) {
                    long[] size = largest.computeIfAbsent(key, any -> new long[2]);
                    size[0] = Math.max(size[0], occupant.millicores());
                    size[1] = Math.max(size[1], occupant.memory());
                }
            });
        }
        long[] sum = new long[2];
        for (long[] size : largest.values()) {
            sum[0] += size[0];
            sum[1] += size[1];
        }
        return sum;
    }
}
