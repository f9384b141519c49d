package org.vinestock.placement.contract;

import java.util.Iterator;
import java.util.Optional;
import java.util.SortedMap;
import org.vinestock.inventory.Rows;
import org.vinestock.model.ObjectId;

/** Rows, and the revisions that put them, in sorted maps that nobody changes any more. */
record HandMadeRows<T extends Record>(SortedMap<String, T> byId, SortedMap<String, Long> putAt) implements Rows<T> {
    @Override
    public int size() {
        return byId.size();
    }

    @Override
    public Optional<T> find(ObjectId id) {
        return Optional.ofNullable(byId.get(id.value()));
    }

    @Override
    public long changedAt(ObjectId id) {
        return putAt.getOrDefault(id.value(), -1L);
    }

    @Override
    public Iterable<T> after(String value) {
        return value.isEmpty() ? this : byId.tailMap(value + "\0").values();
    }

    @Override
    public Iterator<T> iterator() {
        return byId.values().iterator();
    }
}
