package org.vinestock.store.snapshot;

import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.HostRow;
import org.vinestock.inventory.OccupantRow;
import org.vinestock.inventory.Rows;
import org.vinestock.model.Kind;
import org.vinestock.model.ObjectId;

/** All rows of one kind at one revision. */
final class Table<T extends Record> implements Rows<T> {
    private final Kind<T> kind;
    private final RowTree tree;
    private final boolean ofHosts;
    private final boolean ofOccupants;

    Table(Kind<T> kind) {
        this(kind, RowTree.EMPTY);
    }

    private Table(Kind<T> kind, RowTree tree) {
        this.kind = kind;
        this.tree = tree;
        ofHosts = HostRow.class.isAssignableFrom(kind.type());
        ofOccupants = OccupantRow.class.isAssignableFrom(kind.type());
    }

    Kind<T> kind() {
        return kind;
    }

    boolean ofHosts() {
        return ofHosts;
    }

    boolean ofOccupants() {
        return ofOccupants;
    }

    @Nullable
    Entry entry(ObjectId id) {
        return tree.find(id.value(), id.kind());
    }

    Iterable<Entry> entries() {
        return tree;
    }

    Table<T> with(Entry entry) {
        return new Table<>(kind, tree.with(entry));
    }

    Table<T> without(ObjectId id) {
        return new Table<>(kind, tree.without(id.value(), id.kind()));
    }

    @Override
    public int size() {
        return tree.size();
    }

    @Override
    public Optional<T> find(ObjectId id) {
        Entry entry = entry(id);
        return entry == null ? Optional.empty() : Optional.of(kind.type().cast(entry.row));
    }

    @Override
    public Iterator<T> iterator() {
        return new RowIterator<>(tree.iterator(), kind.type());
    }

    @Override
    public Iterable<T> after(String value) {
        return () -> new RowIterator<>(tree.after(value), kind.type());
    }

    @Override
    public String toString() {
        return tree.size() + " rows of " + kind;
    }

    private record RowIterator<T extends Record>(Iterator<Entry> entries, Class<T> type) implements Iterator<T> {
        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public T next() {
            return type.cast(entries.next().row);
        }
    }
}
