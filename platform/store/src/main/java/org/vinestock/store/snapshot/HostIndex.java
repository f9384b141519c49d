package org.vinestock.store.snapshot;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import org.vinestock.model.HostId;

/**
 * Which row number belongs to which host. Only ever grows, so all snapshots of an inventory share it; one that is older
 * than a host passes over rows beyond its own end.
 *
 * <p>Written by the writer under its lock, read by any thread. Never iterated.
 */
final class HostIndex {
    private final ConcurrentHashMap<String, Integer> rows = new ConcurrentHashMap<>();
    private volatile HostId[] ids = new HostId[HostColumns.CHUNK];
    private int size;

    int size() {
        return size;
    }

    /** Returns the row of a host, or -1 if it has none yet. */
    int row(HostId id) {
        Integer row = rows.get(id.value());
        return row == null ? -1 : row;
    }

    HostId id(int row) {
        return ids[row];
    }

    /** Returns the row of a host, giving it one if it has none. */
    int rowFor(HostId id) {
        int known = row(id);
        if (known >= 0) {
            return known;
        }
        HostId[] array = ids;
        if (size == array.length) {
            array = Arrays.copyOf(array, 2 * size);
        }
        array[size] = id;
        ids = array;
        rows.put(id.value(), size);
        return size++;
    }
}
