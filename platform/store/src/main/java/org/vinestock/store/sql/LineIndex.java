package org.vinestock.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Which lines there are about a key, by their numbers: kept in memory, so that the table needs no index beside its
 * primary key, which would cost each small commit several pages more. Its owner's lock guards it.
 */
final class LineIndex {
    private static final long[] NONE = {};

    private final ConcurrentMap<Key, long[]> numbers = new ConcurrentHashMap<>(); // never iterated
    private long newest;

    private record Key(String stream, String about) {}

    /** Reads what there is. */
    static LineIndex read(Connection connection) throws SQLException {
        LineIndex index = new LineIndex();
        try (PreparedStatement statement =
                connection.prepareStatement("select number, stream, about from line order by number")) {
            statement.setFetchSize(1_000);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    index.add(row.getLong(1), row.getString(2), row.getString(3));
                }
            }
        }
        return index;
    }

    /** The newest number that was given. */
    long newest() {
        return newest;
    }

    /** Gives the next number to a line. */
    long next(String stream, String about) {
        add(newest + 1, stream, about);
        return newest;
    }

    private void add(long number, String stream, String about) {
        newest = number;
        numbers.merge(new Key(stream, about), new long[] {number}, (before, one) -> {
            long[] more = Arrays.copyOf(before, before.length + 1);
            more[before.length] = number;
            return more;
        });
    }

    /** The lines about a key, oldest first. */
    long[] about(String stream, String about) {
        return numbers.getOrDefault(new Key(stream, about), NONE);
    }

    /** Forgets the lines about a key and returns which they were. */
    long[] forget(String stream, String about) {
        long[] forgotten = numbers.remove(new Key(stream, about));
        return forgotten == null ? NONE : forgotten;
    }
}
