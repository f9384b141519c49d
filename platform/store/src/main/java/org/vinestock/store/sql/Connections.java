package org.vinestock.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Opens and closes connections. */
public final class Connections {
    private Connections() {}

    /** Opens one that commits when it is told to. */
    public static Connection open(DataSource source) throws SQLException {
        Connection connection = source.getConnection();
        try {
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            close(connection);
            throw e;
        }
        return connection;
    }

    /**
     * Opens the one that writes. On a server that others use too, neither end waits for the other for longer than {@code
     * patience}: a server that hangs is lost, and a process that stops in the middle of a transaction loses the locks that
     * the next leader needs.
     */
    static Connection openToWrite(DataSource source, Duration patience) throws SQLException {
        Connection connection = open(source);
        try {
            if (connection.getMetaData().getDatabaseProductName().equals("PostgreSQL") && !patience.isZero()) {
                connection.setNetworkTimeout(Runnable::run, Math.toIntExact(patience.toMillis()));
                try (Statement statement = connection.createStatement()) {
                    statement.execute("set idle_in_transaction_session_timeout = " + patience.toMillis());
                }
                connection.commit();
            }
            return connection;
        } catch (SQLException e) {
            close(connection);
            throw e;
        }
    }

    /** Closes one, which rolls back what is not committed. */
    public static void close(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // It is gone already, which is all that is wanted.
            }
        }
    }
}
