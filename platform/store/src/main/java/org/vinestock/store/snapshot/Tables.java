package org.vinestock.store.snapshot;

import java.util.Arrays;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.HostRow;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.model.ObjectId;

/** The tables of one revision, in the order of their names: some dozens, in one array. */
final class Tables {
    static final Tables EMPTY = new Tables(new Table<?>[0]);

    private final Table<?>[] all;

    private Tables(Table<?>[] all) {
        this.all = all;
    }

    /** In the order of their names; not to be written to. */
    Table<?>[] all() {
        return all;
    }

    /** How many rows there are. */
    int rows() {
        int rows = 0;
        for (Table<?> table : all) {
            rows += table.size();
        }
        return rows;
    }

    /**
     * Returns the rows of a kind, which may be none.
     *
     * @throws IllegalArgumentException if the kind's name is in use with another class
     */
    @SuppressWarnings("unchecked") // the class is compared
    <T extends Record> Table<T> table(Kind<T> kind) {
        int at = position(kind);
        if (at < 0) {
            return new Table<>(kind);
        }
        Table<?> table = all[at];
        if (table.kind().type() != kind.type()) {
            throw new IllegalArgumentException("kind " + kind.name() + " of class " + kind.type() + " from "
                    + kind.type().getClassLoader() + "; accepted: "
                    + table.kind().type() + " from "
                    + table.kind().type().getClassLoader() + ", which its rows have");
        }
        return (Table<T>) table;
    }

    /** Applies one change, and enters into the columns what it means for hosts. */
    Tables with(Change change, long revision, HostColumns.Editor columns) {
        ObjectId id = change.id();
        Table<?> table = table(change.kind());
        Entry old = table.entry(id);
        Record before = old == null ? null : old.row;
        Record after = change instanceof Change.Put<?> put ? put.value() : null;
        if (table.ofOccupants()) {
            new Occupancy(id, this).change(table, before, after, columns);
        }
        Tables changed =
                with(after == null ? table.without(id) : table.with(new Entry(id, after, revision), old == null));
        if (table.ofHosts()) {
            changed.offer(new HostId(id.value()), columns);
        }
        return changed;
    }

    /** Sums up what the rows of a host offer. */
    private void offer(HostId host, HostColumns.Editor columns) {
        boolean known = false;
        boolean accepts = true;
        long millicores = 0;
        long memory = 0;
        for (Table<?> table : all) {
            Entry entry = table.ofHosts() ? table.entry(host) : null;
            if (entry != null) {
                HostRow row = (HostRow) entry.row;
                known = true;
                accepts &= row.accepts();
                millicores += row.millicores();
                memory += row.memory();
            }
        }
        columns.offer(host, known && accepts, millicores, memory);
    }

    private Tables with(Table<?> table) {
        int at = position(table.kind());
        if (at >= 0) {
            Table<?>[] copy = all.clone();
            copy[at] = table;
            return new Tables(copy);
        }
        int gap = -1 - at;
        Table<?>[] copy = Arrays.copyOf(all, all.length + 1);
        System.arraycopy(all, gap, copy, gap + 1, all.length - gap);
        copy[gap] = table;
        return new Tables(copy);
    }

    /** Returns where the kind's table is, or -1 - (where it would be). */
    private int position(Kind<?> kind) {
        int low = 0;
        int high = all.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = all[middle].kind().name().compareTo(kind.name());
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1 - low;
    }
}
