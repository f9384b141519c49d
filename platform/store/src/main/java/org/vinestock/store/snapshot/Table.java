package org.vinestock.store.snapshot;

import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.HostRow;
import org.vinestock.inventory.OccupantRow;
import org.vinestock.inventory.Rows;
import org.vinestock.model.Kind;
import org.vinestock.model.ObjectId;

/**
 * All rows of one kind at one revision.
 *
 * <p>Whoever acts on an object looks for its rows several times in a row, so the one that was found or put last is
 * remembered. Any thread may forget what another one remembers; an entry never changes.
 */
final class Table<T extends Record> implements Rows<T> {
    private final Kind<T> kind;
    private final RowTree tree;
    private final boolean ofHosts;
    private final boolean ofOccupants;
    private @Nullable Entry last;

    Table(Kind<T> kind) {
        this(kind, RowTree.EMPTY, null);
    }

    private Table(Kind<T> kind, RowTree tree, @Nullable Entry last) {
        this.kind = kind;
        this.tree = tree;
        this.last = last;
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
        Entry remembered = last;
        if (remembered != null && remembered.value.equals(id.value()) && remembered.kind.equals(id.kind())) {
            return remembered;
        }
        Entry found = tree.find(id.value(), id.kind());
        if (found != null) {
            last = found;
        }
        return found;
    }

    Iterable<Entry> entries() {
        return tree;
    }

    /** {@code isNew}: there is no entry with its id. */
    Table<T> with(Entry entry, boolean isNew) {
        return new Table<>(kind, tree.with(entry, isNew), entry);
    }

    Table<T> without(ObjectId id) {
        return new Table<>(kind, tree.without(id.value(), id.kind()), null);
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
    public long changedAt(ObjectId id) {
        Entry entry = entry(id);
        return entry == null ? -1 : entry.changedAt;
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
