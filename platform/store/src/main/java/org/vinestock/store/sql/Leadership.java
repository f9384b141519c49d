package org.vinestock.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.vinestock.model.VinestockException;
import org.vinestock.store.write.StoreError;

/**
 * Who may write to a database. A leader shows its epoch in every transaction; whoever takes over raises it, so what the
 * former leader still sends is refused. {@link Following} says when somebody may take over; no clock decides it.
 */
final class Leadership {
    private final Connection connection;
    private final long epoch;
    private final PreparedStatement holding;

    private Leadership(Connection connection, long epoch) throws SQLException {
        this.connection = connection;
        this.epoch = epoch;
        holding = connection.prepareStatement(
                "update leader set beat = beat + 1, renewed = current_timestamp where one = 1 and epoch = ?");
        holding.setLong(1, epoch);
    }

    /**
     * Tries to lead, and commits. The connection is the one that is to write.
     *
     * @param holder names this process
     * @param following what this process has seen of the leader
     * @throws VinestockException {@code NOT_LEADING} naming who leads
     */
    static Leadership take(Connection connection, String holder, Following following) throws SQLException {
        Following.Leader leader = Following.read(connection);
        if (!following.mayTakeOver(leader) && !leader.holder().equals(holder)) {
            throw following.notYet(leader);
        }
        try (PreparedStatement take = connection.prepareStatement("update leader set epoch = epoch + 1, holder = ?,"
                + " beat = 0, renewed = current_timestamp where one = 1 and epoch = ? and (beat = ? or ? = 0)")) {
            take.setString(1, holder);
            take.setLong(2, leader.epoch());
            take.setLong(3, leader.beat());
            take.setInt(4, following.waits() ? 1 : 0);
            int taken = take.executeUpdate();
            connection.commit();
            if (taken == 0) { // the leader spoke, or another one has just taken over
                throw following.notYet(Following.read(connection));
            }
            return new Leadership(connection, leader.epoch() + 1);
        }
    }

    /** The epoch: grows with every leader. */
    long epoch() {
        return epoch;
    }

    /**
     * Asserts within a transaction that this process leads, so that nobody else can before its end, and lets others see
     * that it does.
     *
     * @throws VinestockException {@code NOT_LEADING} if it does not
     */
    void hold() throws SQLException {
        if (holding.executeUpdate() == 0) {
            throw new VinestockException(
                    StoreError.NOT_LEADING, "another process leads now; this one led with epoch " + epoch);
        }
    }

    /** Lets somebody else lead at once, and commits; nothing if somebody does. */
    void release() throws SQLException {
        try (PreparedStatement release =
                connection.prepareStatement("update leader set renewed = null where one = 1 and epoch = ?")) {
            release.setLong(1, epoch);
            release.executeUpdate();
        }
        connection.commit();
    }
}
