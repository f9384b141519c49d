package org.vinestock.testkit.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Assumptions;
import org.postgresql.ds.PGSimpleDataSource;
import org.vinestock.store.sql.H2;
import org.vinestock.testkit.postgres.PostgresServer;

/** Databases for tests. */
public final class Databases {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Databases() {}

    /** A new one of H2 in memory, which lives as long as a connection to it. */
    public static DataSource h2() {
        return h2("jdbc:h2:mem:test" + NUMBER.incrementAndGet() + ";DB_CLOSE_DELAY=-1");
    }

    /** One of H2 in a file, as the product has it. */
    public static DataSource h2(Path folder) {
        return h2(H2.url(folder.resolve("site")));
    }

    /** One of H2 at an address. */
    static DataSource h2(String url) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        return source;
    }

    /** Starts PostgreSQL, or skips the test with the reason; where real parts must be there, that fails. */
    public static PostgresServer postgres() {
        if (!"required".equals(System.getenv("VINESTOCK_REAL"))) {
            Assumptions.assumeTrue(
                    PostgresServer.programs().isPresent(), "no PostgreSQL server; apt-get install postgresql");
        }
        return PostgresServer.start();
    }

    /** A new database of a server. */
    public static DataSource postgres(PostgresServer server) {
        return postgres(server.database("test" + NUMBER.incrementAndGet()));
    }

    /** One of PostgreSQL at an address. */
    static DataSource postgres(String url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url);
        return source;
    }

    /** Runs statements by hand, as somebody does who damages things. */
    public static void by(DataSource source, String... statements) {
        try (Connection connection = source.getConnection();
                Statement hand = connection.createStatement()) {
            for (String statement : statements) {
                hand.execute(statement);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
