package org.vinestock.testkit.sql;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vinestock.store.sql.H2;
import org.vinestock.testkit.postgres.PostgresServer;

/** {@code kill -9} at any moment: nothing that was acknowledged is lost, nothing is there in part. */
@Execution(ExecutionMode.CONCURRENT)
class KilledStoreTest {
    private static final int KILLS = Integer.getInteger("vinestock.kills", 20);
    private static final int OF_POSTGRES = Math.max(1, KILLS / 4);

    /** Not by the process itself, which would close its output unread. */
    private static void kill9(Process victim) {
        victim.toHandle().destroyForcibly();
    }

    @Test
    void h2KeepsWhatItAcknowledged(@TempDir Path folder) throws IOException {
        Killings killings = new Killings("h2", H2.url(folder.resolve("site")), 1);
        killings.run(KILLS, KilledStoreTest::kill9);
        assertTrue(killings.acknowledged() > 20 * KILLS, "only " + killings.acknowledged() + " acknowledgements");
    }

    @Test
    void postgresKeepsWhatAKilledProcessWasAcknowledged() throws IOException {
        try (PostgresServer server = Databases.postgres()) {
            Killings killings = new Killings("postgres", server.database("killed"), 2);
            killings.run(OF_POSTGRES, KilledStoreTest::kill9);
            assertTrue(
                    killings.acknowledged() >= 20 * (OF_POSTGRES - 1),
                    "only " + killings.acknowledged() + " acknowledgements");
        }
    }

    @Test
    void postgresKeepsWhatItAcknowledgedWhenItIsKilledItself() throws IOException {
        try (PostgresServer server = Databases.postgres()) {
            Killings killings = new Killings("postgres", server.database("killed"), 3);
            killings.run(OF_POSTGRES, victim -> {
                server.crash();
                victim.onExit().join();
                server.begin();
            });
            assertTrue(
                    killings.acknowledged() >= 20 * (OF_POSTGRES - 1),
                    "only " + killings.acknowledged() + " acknowledgements");
        }
    }

    /** As H2 is when nobody asks it to write at once. */
    @Test
    void findsAStoreThatAcknowledgesTooEarly(@TempDir Path folder) throws IOException {
        Killings killings = new Killings("h2", "jdbc:h2:file:" + folder.resolve("site"), 4);
        AssertionError found = null;
        for (int kill = 0; kill < 10 && found == null; kill++) {
            try {
                killings.run(1, KilledStoreTest::kill9);
            } catch (AssertionError e) {
                found = e;
            }
        }
        assertTrue(found != null, "ten kills, and nobody noticed");
    }
}
