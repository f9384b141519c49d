package org.vinestock.kernel.document;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.DesiredKinds;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.json.Tables;
import org.vinestock.model.Kind;
import org.vinestock.model.ObjectId;
import org.vinestock.view.Codec;
import org.vinestock.view.InWords;

/**
 * Writes the desired state as JSON, a row a line in the order of the ids, so that two documents can be compared line by
 * line; and reads it. What hosts report is not in it. Any thread.
 */
final class SiteDocument {
    private static final String FORMAT = "format";
    private static final int NEWEST = 1;

    private final Codec codec;
    private final Supplier<List<DesiredKinds>> areas;

    /** {@code areas}: the kinds that people decide on, of the areas that are there now. */
    SiteDocument(Codec codec, Supplier<List<DesiredKinds>> areas) {
        this.codec = codec;
        this.areas = areas;
    }

    /** What a document changes: of each kind what it adds, changes and leaves out. */
    record Difference(List<Change> added, List<Change> changed, List<Change> removed) {
        List<Change> all() {
            List<Change> all = new ArrayList<>(added);
            all.addAll(changed);
            all.addAll(removed);
            return all;
        }

        String inWords() {
            return added.size() + " to add, " + changed.size() + " to change, " + removed.size() + " to remove";
        }
    }

    private Map<String, Kind<?>> kinds() {
        Map<String, Kind<?>> kinds = new LinkedHashMap<>();
        areas.get().forEach(area -> area.kinds().forEach(kind -> kinds.put(kind.name(), kind)));
        return kinds;
    }

    /** Writes the desired state of a snapshot. */
    String write(Snapshot snapshot) {
        StringBuilder text = new StringBuilder("{\n  \"" + FORMAT + "\": " + NEWEST);
        for (Kind<?> kind : kinds().values()) {
            text.append(",\n  \"").append(kind.name()).append("\": [");
            String before = "\n    ";
            for (Record row : snapshot.rows(kind)) {
                text.append(before).append(codec.write(row));
                before = ",\n    ";
            }
            text.append(before.startsWith(",") ? "\n  ]" : "]");
        }
        return text.append("\n}\n").toString();
    }

    /**
     * Compares a document with what there is. Kinds that are not in the document stay as they are.
     *
     * @throws IllegalArgumentException naming line, column and field, and what is accepted
     */
    Difference compare(String text, Snapshot snapshot) {
        Map<String, Kind<?>> kinds = kinds();
        TreeMap<String, Class<? extends Record>> types = new TreeMap<>();
        kinds.forEach((name, kind) -> types.put(name, kind.type()));
        NavigableMap<String, List<Record>> tables =
                Tables.read(text, FORMAT, NEWEST, types, row -> id(row).kind() + " " + id(row).value());
        Difference difference = new Difference(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        kinds.forEach((name, kind) -> {
            List<Record> rows = tables.get(name);
            if (rows != null) {
                compare(kind, rows, snapshot, difference);
            }
        });
        return difference;
    }

    private static <T extends Record> void compare(
            Kind<T> kind, List<Record> rows, Snapshot snapshot, Difference difference) {
        TreeMap<String, T> left = new TreeMap<>();
        snapshot.rows(kind).forEach(row -> left.put(id(row).value(), row));
        for (Record row : rows) {
            ObjectId id = id(row);
            @Nullable T former = left.remove(id.value());
            Change put = new Change.Put<>(kind, id, kind.type().cast(row));
            if (former == null) {
                difference.added.add(put);
            } else if (!former.equals(row)) {
                difference.changed.add(put);
            }
        }
        left.values().forEach(row -> difference.removed.add(new Change.Removed(kind, id(row))));
    }

    private static ObjectId id(Record row) {
        for (RecordComponent component : row.getClass().getRecordComponents()) {
            if (component.getName().equals("id") && InWords.value(row, component) instanceof ObjectId id) {
                return id;
            }
        }
        throw new IllegalStateException(row.getClass() + " is a desired kind, and has no component id");
    }
}
