package org.vinestock.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The statements of one transaction, each sent once for all of its rows. Statements run in the order in which they were
 * first asked for since the last {@link #execute}; they stay prepared. One thread.
 */
final class Batches {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new LinkedHashMap<>();
    private final Map<String, PreparedStatement> used = new LinkedHashMap<>();

    Batches(Connection connection) {
        this.connection = connection;
    }

    /** Returns the statement of an SQL text, for one row: the caller sets its values and calls {@code addBatch}. */
    PreparedStatement row(String sql) throws SQLException {
        PreparedStatement statement = used.get(sql);
        if (statement == null) {
            statement = prepared.get(sql);
            if (statement == null) {
                statement = connection.prepareStatement(sql);
                prepared.put(sql, statement);
            }
            used.put(sql, statement);
        }
        return statement;
    }

    /** Sends all rows. */
    void execute() throws SQLException {
        for (PreparedStatement statement : used.values()) {
            statement.executeBatch();
        }
        used.clear();
    }
}
