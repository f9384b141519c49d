package org.vinestock.store.snapshot;

import org.vinestock.model.ObjectId;

/** A row under its id, with the revision that changed it last. Ordered by the id's value, then its kind. */
final class Entry {
    final String value;
    final String kind;
    final Record row;
    final long changedAt;

    Entry(ObjectId id, Record row, long changedAt) {
        this.value = id.value();
        this.kind = id.kind();
        this.row = row;
        this.changedAt = changedAt;
    }

    int compareTo(String otherValue, String otherKind) {
        int byValue = value.compareTo(otherValue);
        return byValue != 0 ? byValue : kind.compareTo(otherKind);
    }
}
