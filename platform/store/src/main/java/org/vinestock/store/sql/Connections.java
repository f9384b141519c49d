package org.vinestock.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
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
