package org.vinestock.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.journal.Archive;
import org.vinestock.journal.ArchiveEntry;
import org.vinestock.journal.Journal;
import org.vinestock.store.snapshot.Loads;

/**
 * Samples of loads beyond the process: their numbers go on behind those that were set aside for earlier processes, and
 * what was measured goes to an archive.
 */
final class Samples {
    private static final String STREAM = "store";
    private static final String KEY = "sample";
    private static final long BLOCK = 10_000;

    private final Journal journal;
    private final @Nullable Archive archive;
    private final InstantSource clock;
    private final long first;
    private long reserved;

    /** Reads which numbers were set aside. {@code archive} null: samples are kept in memory only. */
    Samples(Connection connection, Journal journal, @Nullable Archive archive, InstantSource clock)
            throws SQLException {
        this.journal = journal;
        this.archive = archive;
        this.clock = clock;
        first = archive == null ? 0 : reserved(connection);
        reserved = first;
    }

    private static long reserved(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select text from line where stream = ? and about = ? order by number desc")) {
            query.setString(1, STREAM);
            query.setString(2, KEY);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Long.parseLong(row.getString(1)) : 0;
            }
        }
    }

    /** With what the site begins: nothing is measured, under the last number that was set aside; 0 = at the very start. */
    Loads first() {
        Loads none = Loads.none(first);
        if (first > 0) {
            keep(none);
        }
        return none;
    }

    /** Takes in a sample; in the order of their numbers, under the store's lock. */
    void measured(Loads loads) {
        if (archive == null) {
            return;
        }
        if (loads.sample() > reserved) {
            reserved = loads.sample() - 1 + BLOCK;
            var unused = journal.replace(STREAM, KEY, String.valueOf(reserved));
        }
        keep(loads);
    }

    private void keep(Loads loads) {
        if (archive != null) {
            archive.append(
                    new ArchiveEntry(loads.sample(), clock.instant(), KEY, ArchiveEntry.NO_REVISION, loads::text));
        }
    }

    /** Finds a sample that memory does not have; empty if it is not kept. */
    CompletionStage<Optional<Loads>> find(long sample) {
        return archive == null
                ? CompletableFuture.completedStage(Optional.empty())
                : archive.range(sample, sample, 1)
                        .thenApplyAsync(
                                lines -> lines.stream().findFirst().map(line -> Loads.of(sample, line.text())),
                                Runnable::run);
    }
}
