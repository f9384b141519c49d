package org.vinestock.store.sql;

/**
 * The primary key of a change: its revision and its place in the change set in one number. A table of H2 whose key is one
 * number is one tree; any other key is a second one, of which each small commit writes some pages more.
 */
final class ChangeKey {
    /** How many changes a change set may have. */
    static final int PLACES = 1 << 20;

    private ChangeKey() {}

    /** The key of a revision's change; place is from 0. */
    static long of(long revision, int place) {
        return revision * PLACES + place;
    }

    /** The last key that a revision can have. */
    static long last(long revision) {
        return revision >= Long.MAX_VALUE / PLACES ? Long.MAX_VALUE : of(revision, PLACES - 1);
    }

    /** The revision of a key. */
    static long revision(long key) {
        return key / PLACES;
    }
}
