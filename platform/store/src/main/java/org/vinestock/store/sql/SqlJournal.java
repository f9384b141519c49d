package org.vinestock.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.journal.Entry;
import org.vinestock.journal.Journal;
import org.vinestock.journal.Line;

/** The journal in the table {@code line}. */
final class SqlJournal implements Journal {
    private static final int LONGEST_STREAM = 50;
    private static final int LONGEST_KEY = 200;
    private static final int LONGEST_TEXT = 1_000_000;

    private final GroupWriter writer;
    private final Reads reads;
    private final SqlAudit audit;
    private final InstantSource clock;
    /** Guarded by itself, so that lines are given in the order of their numbers. */
    private final LineIndex index;

    /** Reads what there is of lines. */
    SqlJournal(Connection connection, GroupWriter writer, Reads reads, SqlAudit audit, InstantSource clock)
            throws SQLException {
        this.writer = writer;
        this.reads = reads;
        this.audit = audit;
        this.clock = clock;
        index = LineIndex.read(connection);
    }

    @Override
    public CompletionStage<Long> append(String stream, String key, String text) {
        return write(stream, key, text, false);
    }

    @Override
    public CompletionStage<Long> replace(String stream, String key, String text) {
        return write(stream, key, text, true);
    }

    @Override
    public CompletionStage<?> forget(String stream, String key) {
        return write(stream, key, null, true);
    }

    private CompletionStage<Long> write(String stream, String key, @Nullable String text, boolean forget) {
        check(stream, key, text);
        synchronized (index) {
            LineWrite write = numbered(stream, key, text, forget);
            writer.write(write);
            return write.stage();
        }
    }

    @Override
    public CompletionStage<?> write(List<Entry> entries) {
        entries.forEach(SqlJournal::check);
        synchronized (index) {
            TogetherWrite together =
                    new TogetherWrite(entries.stream().map(this::numbered).toList());
            writer.write(together);
            return together.stage();
        }
    }

    private Write numbered(Entry entry) {
        if (entry instanceof Entry.Append append) {
            return numbered(append.stream(), append.key(), append.text(), false);
        } else if (entry instanceof Entry.Replace replace) {
            return numbered(replace.stream(), replace.key(), replace.text(), true);
        } else if (entry instanceof Entry.Forget forget) {
            return numbered(forget.stream(), forget.key(), null, true);
        }
        return audit.write(((Entry.Tell) entry).deed());
    }

    /** Gives a line its number; the caller gives it to the writer before the next one gets its own. */
    private LineWrite numbered(String stream, String key, @Nullable String text, boolean forget) {
        long[] forgotten = forget ? index.forget(stream, key) : new long[0];
        Line line = text == null
                ? null
                : new Line(index.next(stream, key), clock.instant().truncatedTo(ChronoUnit.MICROS), key, text);
        return new LineWrite(stream, line, forgotten, index.newest());
    }

    private static void check(Entry entry) {
        if (entry instanceof Entry.Append append) {
            check(append.stream(), append.key(), append.text());
        } else if (entry instanceof Entry.Replace replace) {
            check(replace.stream(), replace.key(), replace.text());
        } else if (entry instanceof Entry.Forget forget) {
            check(forget.stream(), forget.key(), null);
        }
    }

    private static void check(String stream, String key, @Nullable String text) {
        checkLength("stream", stream, LONGEST_STREAM);
        checkLength("key", key, LONGEST_KEY);
        if (text != null && text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException(
                    "text of " + text.length() + " characters; accepted: up to " + LONGEST_TEXT);
        }
    }

    private static void checkLength(String what, String text, int longest) {
        if (text.isEmpty() || text.length() > longest) {
            throw new IllegalArgumentException(
                    what + " of " + text.length() + " characters; accepted: 1 to " + longest);
        }
    }

    @Override
    public CompletionStage<List<Line>> read(String stream, long after, int limit) {
        return reads.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("select number, at, about, text from line"
                    + " where stream = ? and number > ? order by number fetch first ? rows only")) {
                statement.setString(1, stream);
                statement.setLong(2, after);
                statement.setInt(3, limit);
                return lines(statement);
            }
        });
    }

    @Override
    public CompletionStage<List<Line>> about(String stream, String key) {
        long[] numbers;
        synchronized (index) {
            numbers = index.about(stream, key);
        }
        return reads.run(connection -> {
            List<Line> lines = new ArrayList<>();
            try (PreparedStatement statement =
                    connection.prepareStatement("select number, at, about, text from line where number = ?")) {
                for (long number : numbers) {
                    statement.setLong(1, number);
                    lines.addAll(lines(statement));
                }
            }
            return lines;
        });
    }

    private static List<Line> lines(PreparedStatement statement) throws SQLException {
        List<Line> lines = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                lines.add(new Line(
                        row.getLong(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getString(3),
                        row.getString(4)));
            }
        }
        return lines;
    }
}
