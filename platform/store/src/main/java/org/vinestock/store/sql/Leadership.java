package org.vinestock.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.vinestock.model.VinestockException;
import org.vinestock.store.write.StoreError;

/**
 * Who may write to a database. A leader shows its epoch in every transaction; whoever takes over raises it, so what the
 * former leader still sends is refused. The time that counts is the database's.
 */
final class Leadership {
    private final long epoch;

    private Leadership(long epoch) {
        this.epoch = epoch;
    }

    /**
     * Tries to lead, and commits.
     *
     * @param holder names this process
     * @param patience how long a leader may be silent before it is taken to be gone
     * @throws VinestockException {@code NOT_LEADING} naming who leads
     */
    static Leadership take(Connection connection, String holder, Duration patience) throws SQLException {
        try (PreparedStatement take = connection.prepareStatement("update leader set epoch = epoch + 1, holder = ?,"
                + " renewed = current_timestamp where one = 1 and (renewed is null or holder = ?"
                + " or renewed <= current_timestamp - cast(? as integer) * interval '1' second"
                + " or renewed > current_timestamp + interval '1' day)")) {
            take.setString(1, holder);
            take.setString(2, holder);
            take.setInt(3, Math.toIntExact(patience.toSeconds()));
            int taken = take.executeUpdate();
            connection.commit();
            try (PreparedStatement look =
                            connection.prepareStatement("select epoch, holder from leader where one = 1");
                    ResultSet found = look.executeQuery()) {
                if (!found.next()) {
                    throw new VinestockException(
                            StoreError.STORE_UNREADABLE,
                            "the table leader is empty; restore the database from a backup");
                }
                long epoch = found.getLong(1);
                String leader = found.getString(2);
                connection.commit();
                if (taken == 0 || !leader.equals(holder)) {
                    throw new VinestockException(
                            StoreError.NOT_LEADING,
                            leader + " leads with epoch " + epoch + "; this one leads when that one is silent for "
                                    + patience.toSeconds() + " s");
                }
                return new Leadership(epoch);
            }
        }
    }

    /** The epoch: grows with every leader. */
    long epoch() {
        return epoch;
    }

    /**
     * Asserts within a transaction that this process leads, so that nobody else can before its end, and renews it.
     *
     * @throws VinestockException {@code NOT_LEADING} if it does not
     */
    void hold(Connection connection) throws SQLException {
        if (update(connection, "update leader set renewed = current_timestamp where one = 1 and epoch = ?") == 0) {
            throw new VinestockException(
                    StoreError.NOT_LEADING, "another process leads now; this one led with epoch " + epoch);
        }
    }

    /** Lets somebody else lead at once, and commits; nothing if somebody does. */
    void release(Connection connection) throws SQLException {
        update(connection, "update leader set renewed = null where one = 1 and epoch = ?");
        connection.commit();
    }

    private int update(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, epoch);
            return statement.executeUpdate();
        }
    }
}
