package org.vinestock.store.sql;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.vinestock.model.VinestockException;
import org.vinestock.store.write.StoreError;

/** Brings the tables of a database to what this version needs. */
public final class Migrations {
    private Migrations() {}

    /**
     * Migrates; nothing if it is done already.
     *
     * @throws VinestockException {@code STORE_UNREADABLE} if a later version made the tables, or they were changed by
     *     hand; {@code STORE_UNAVAILABLE} if the database does not answer
     */
    static void run(DataSource source) {
        run(source, "classpath:org/vinestock/store/sql", null);
    }

    /**
     * The same for tables of another place.
     *
     * @param schema where they are, which is made if it is not there; null = the usual one of the database
     */
    public static void run(DataSource source, String location, @Nullable String schema) {
        ClassLoader ours = Migrations.class.getClassLoader();
        Thread thread = Thread.currentThread();
        ClassLoader context = thread.getContextClassLoader();
        thread.setContextClassLoader(ours); // Flyway finds its parts there
        try {
            FluentConfiguration configuration = Flyway.configure(ours)
                    .dataSource(source)
                    .loggers(MigrationLog.class.getName())
                    .table("migration")
                    .locations(location)
                    .validateMigrationNaming(true)
                    .ignoreMigrationPatterns(new String[0]) // a later version's migration is no migration of ours
                    .cleanDisabled(true);
            if (schema != null) {
                configuration.schemas(schema).createSchemas(true);
            }
            configuration.load().migrate();
        } catch (FlywayException e) {
            boolean later = String.valueOf(e.getMessage()).contains("not resolved locally");
            throw new VinestockException(
                    later ? StoreError.STORE_UNREADABLE : StoreError.STORE_UNAVAILABLE,
                    later
                            ? "a later version of Vinestock has used this database, and a downgrade is not possible; start that version, or restore a backup made by this one"
                            : "the database cannot be prepared: " + firstLines(e),
                    e);
        } finally {
            thread.setContextClassLoader(context);
        }
    }

    private static String firstLines(FlywayException e) {
        return String.valueOf(e.getMessage())
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("---"))
                .limit(3)
                .reduce((a, b) -> a + "; " + b.strip())
                .orElse("no reason given");
    }
}
