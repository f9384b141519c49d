package org.vinestock.store.snapshot;

import org.vinestock.model.ObjectId;

/**
 * A row under its id, with the revision that changed it last. Ordered by the id's value, then its kind.
 *
 * <p>Keeps the beginning of the value as a number, so that most comparisons look at nothing else.
 */
final class Entry {
    private static final int BEGINNING = 8;
    private static final int WIDE = 255;

    final String value;
    final String kind;
    final Record row;
    final long changedAt;
    final long beginning;

    Entry(ObjectId id, Record row, long changedAt) {
        this.value = id.value();
        this.kind = id.kind();
        this.row = row;
        this.changedAt = changedAt;
        this.beginning = beginning(value);
    }

    /**
     * The first characters as a number: of two values that differ in it, the one with the smaller number comes first. A
     * character that does not fit into a byte ends it.
     */
    static long beginning(String value) {
        long beginning = 0;
        int length = Math.min(value.length(), BEGINNING);
        for (int i = 0; i < length; i++) {
            char character = value.charAt(i);
            int shift = Byte.SIZE * (BEGINNING - 1 - i);
            if (character >= WIDE) {
                return (beginning | (long) WIDE << shift) + Long.MIN_VALUE;
            }
            beginning |= (long) character << shift;
        }
        return beginning + Long.MIN_VALUE;
    }

    /** Compares with an id whose value has the given {@link #beginning}. */
    int compareTo(long otherBeginning, String otherValue, String otherKind) {
        if (beginning != otherBeginning) {
            return beginning < otherBeginning ? -1 : 1;
        }
        int byValue = value.compareTo(otherValue);
        return byValue != 0 ? byValue : kind.compareTo(otherKind);
    }
}
