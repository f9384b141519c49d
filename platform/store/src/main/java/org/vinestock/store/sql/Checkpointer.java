package org.vinestock.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.store.snapshot.SiteSnapshot;

/**
 * Writes checkpoints beside the changes that go on, and forgets changes that nobody can ask for any more: those before
 * the newest checkpoint that leaves enough of them behind it.
 *
 * <p>A checkpoint is a transaction of its own on a connection of its own. It is made from an immutable snapshot that is
 * durable already, so nobody is held up, and two leaders could do no harm.
 */
final class Checkpointer {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);

    private final CheckpointFormat format;
    private final Reads thread;
    private final Settings settings;
    private final Beside beside;
    /** Those that are kept, oldest first. */
    private final Deque<Made> made = new ArrayDeque<>();

    /** How many changes were written since the database was made. */
    private long written;

    private boolean busy;

    /** A checkpoint, and how many changes were written up to it since the database was made. */
    private record Made(long revision, long changes) {}

    /**
     * Begins with the checkpoints that there are.
     *
     * @param beside who looks at former states
     * @param since how many changes were made after the newest checkpoint
     */
    Checkpointer(
            Connection connection, CheckpointFormat format, Reads thread, Settings settings, Beside beside, long since)
            throws SQLException {
        this.format = format;
        this.thread = thread;
        this.settings = settings;
        this.beside = beside;
        try (PreparedStatement statement =
                        connection.prepareStatement("select revision, changes from checkpoint order by revision");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                made.add(new Made(row.getLong(1), row.getLong(2)));
            }
        }
        connection.commit();
        written =
                since + Optional.ofNullable(made.peekLast()).map(Made::changes).orElse(0L);
    }

    /** Counts changes that are durable as of {@code site}, and makes a checkpoint if it is time. */
    synchronized void committed(SiteSnapshot site, int changes) {
        written += changes;
        long last = Optional.ofNullable(made.peekLast()).map(Made::changes).orElse(0L);
        if (busy || written - last < settings.checkpointEvery()) {
            return;
        }
        busy = true;
        Made next = new Made(site.ref().revision(), written);
        var unused = thread.run(connection -> {
            try {
                return make(connection, site, next);
            } catch (SQLException | RuntimeException e) {
                LOG.warn("no checkpoint of revision {}: {}; the next is tried later", next.revision, e.getMessage());
                throw e;
            } finally {
                ended();
            }
        });
    }

    private int make(Connection connection, SiteSnapshot site, Made next) throws SQLException {
        int parts;
        try (PreparedStatement part =
                connection.prepareStatement("insert into checkpoint_part (revision, part, body) values (?, ?, ?)")) {
            parts = format.write(site, (number, body) -> {
                part.setLong(1, next.revision);
                part.setInt(2, number);
                part.setBytes(3, body);
                part.executeUpdate();
            });
        }
        try (PreparedStatement row = connection.prepareStatement(
                "insert into checkpoint (revision, parts, changes, made_at) values (?, ?, ?, current_timestamp)")) {
            row.setLong(1, next.revision);
            row.setInt(2, parts);
            row.setLong(3, next.changes);
            row.executeUpdate();
        }
        connection.commit();
        forget(connection, next);
        return parts;
    }

    /** Forgets what is before the newest checkpoint that leaves enough changes behind it, and that nobody looks at. */
    private void forget(Connection connection, Made newest) throws SQLException {
        long base = 0;
        long wanted = beside.oldestRevision().getAsLong();
        synchronized (this) {
            made.add(newest);
            for (Made each : made) {
                long behind = newest.changes - each.changes;
                if (behind >= settings.changesKept() && (each.revision <= wanted || behind >= settings.changesMost())) {
                    base = each.revision;
                }
            }
            long first = base;
            made.removeIf(each -> each.revision < first);
        }
        if (base > 0) {
            delete(connection, "delete from change where id <= ?", ChangeKey.last(base));
            delete(connection, "delete from checkpoint_part where revision < ?", base);
            delete(connection, "delete from checkpoint where revision < ?", base);
            connection.commit();
            beside.forgotten().accept(base);
        }
    }

    private static void delete(Connection connection, String sql, long upTo) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, upTo);
            statement.executeUpdate();
        }
    }

    private synchronized void ended() {
        busy = false;
    }
}
