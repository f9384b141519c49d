package org.vinestock.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.vinestock.model.VinestockException;
import org.vinestock.store.write.StoreError;

/**
 * What a process that does not lead has seen of the one that does. A leader is silent when its beat stands still for long
 * enough by this process's own nanoseconds. So no clock can make a leader that is there look gone, or one that is gone
 * look as if it were there: neither the database's nor that of any machine.
 *
 * <p>One thread.
 */
public final class Following {
    private final Duration patience;
    private final LongSupplier nanos;
    private long epoch = -1;
    private long beat = -1;
    private long sinceNanos;

    /**
     * Begins with having seen nothing.
     *
     * @param patience how long a leader may be silent; 0 = nobody waits for it
     * @param nanos a clock that only goes forward
     */
    public Following(Duration patience, LongSupplier nanos) {
        this.patience = patience;
        this.nanos = nanos;
    }

    /**
     * The row of the table {@code leader}.
     *
     * @param released whether the leader has ended in order
     */
    record Leader(long epoch, String holder, long beat, boolean released) {}

    /** Looks who leads; whether this process may take over now. */
    public boolean isOver(DataSource source) throws SQLException {
        Connection connection = Connections.open(source);
        try {
            return mayTakeOver(read(connection));
        } finally {
            Connections.close(connection);
        }
    }

    /** Reads the row, and ends the transaction. */
    static Leader read(Connection connection) throws SQLException {
        try (PreparedStatement look = connection.prepareStatement(
                        "select epoch, holder, beat, renewed is null from leader where one = 1");
                ResultSet found = look.executeQuery()) {
            if (!found.next()) {
                throw new VinestockException(
                        StoreError.STORE_UNREADABLE, "the table leader is empty; restore the database from a backup");
            }
            Leader leader = new Leader(found.getLong(1), found.getString(2), found.getLong(3), found.getBoolean(4));
            connection.commit();
            return leader;
        }
    }

    /** Whether a leader is waited for at all. */
    boolean waits() {
        return !patience.isZero();
    }

    /** Takes in what was seen; whether the leader has ended or was silent for long enough. */
    boolean mayTakeOver(Leader leader) {
        if (leader.epoch() != epoch || leader.beat() != beat) {
            epoch = leader.epoch();
            beat = leader.beat();
            sinceNanos = nanos.getAsLong();
        }
        return leader.released() || patience.isZero() || nanos.getAsLong() - sinceNanos >= patience.toNanos();
    }

    /** Why this process does not lead. */
    VinestockException notYet(Leader leader) {
        return new VinestockException(
                StoreError.NOT_LEADING,
                leader.holder() + " leads with epoch " + leader.epoch()
                        + "; this one leads when that one is silent for " + patience.toSeconds() + " s");
    }
}
