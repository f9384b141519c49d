package org.vinestock.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The statements of one transaction, each sent once for all of its rows. Statements run in the order in which they were
 * first asked for since the last {@link #execute}, those of {@link #lastRow} after all others; they stay prepared. One
 * thread.
 */
final class Batches {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new LinkedHashMap<>();
    private final Map<String, PreparedStatement> used = new LinkedHashMap<>();
    private final Map<String, PreparedStatement> usedLast = new LinkedHashMap<>();

    Batches(Connection connection) {
        this.connection = connection;
    }

    /** Returns the statement of an SQL text, for one row: the caller sets its values and calls {@code addBatch}. */
    PreparedStatement row(String sql) throws SQLException {
        return statement(sql, used);
    }

    /** The same for a statement that runs after those of {@link #row}, such as one that removes what they added. */
    PreparedStatement lastRow(String sql) throws SQLException {
        return statement(sql, usedLast);
    }

    private PreparedStatement statement(String sql, Map<String, PreparedStatement> among) throws SQLException {
        PreparedStatement statement = among.get(sql);
        if (statement == null) {
            statement = prepared.get(sql);
            if (statement == null) {
                statement = connection.prepareStatement(sql);
                prepared.put(sql, statement);
            }
            among.put(sql, statement);
        }
        return statement;
    }

    /** Sends all rows. */
    void execute() throws SQLException {
        execute(used);
        execute(usedLast);
    }

    private static void execute(Map<String, PreparedStatement> among) throws SQLException {
        for (PreparedStatement statement : among.values()) {
            statement.executeBatch();
        }
        among.clear();
    }
}
