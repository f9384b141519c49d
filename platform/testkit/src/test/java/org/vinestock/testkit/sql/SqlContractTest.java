package org.vinestock.testkit.sql;

import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.vinestock.testkit.Contracts;
import org.vinestock.testkit.inventory.InventoryContract;
import org.vinestock.testkit.inventory.TriedInventory;
import org.vinestock.testkit.postgres.PostgresServer;

/** The inventory's contract on databases; each trial empties the one database of its kind. */
@TestInstance(Lifecycle.PER_CLASS)
class SqlContractTest {
    private PostgresServer server;
    private SqlTrial open;

    @TestFactory
    Stream<DynamicTest> holdsInH2() {
        DataSource source = Databases.h2();
        return Contracts.of(getClass(), InventoryContract.checks(), () -> fresh(source));
    }

    @TestFactory
    Stream<DynamicTest> holdsInPostgres() {
        server = Databases.postgres();
        DataSource source = Databases.postgres(server);
        return Contracts.of(getClass(), InventoryContract.checks(), () -> fresh(source));
    }

    private TriedInventory fresh(DataSource source) {
        if (open == null) {
            new SqlTrial(source).close(); // makes the tables
        }
        close();
        try {
            Databases.by(
                    source, "delete from change", "delete from checkpoint", "delete from line", "delete from kind");
        } catch (IllegalStateException noTables) {
            new SqlTrial(source).close();
        }
        open = new SqlTrial(source);
        return open;
    }

    private void close() {
        if (open != null) {
            open.close();
        }
    }

    @AfterAll
    void end() {
        close();
        if (server != null) {
            server.close();
        }
    }
}
