package org.vinestock.testkit.sql;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.store.h2.Durability;
import org.vinestock.store.sql.H2;
import org.vinestock.store.sql.Settings;
import org.vinestock.store.write.Retention;

/**
 * The power fails at any moment, and of what the disk was not told to write some blocks are there and others are not: with
 * durability {@code machine} all that was acknowledged can be read, with {@code process} it need not be.
 */
class PowerFailureTest {
    private static final int LINES = 4_000;
    private static final int OUTSTANDING = 4;
    private static final int FAILURES = 20;
    /** Lines are also forgotten and the file kept small, so that room is used again. */
    private static final Settings SETTINGS =
            new Settings("failing", Duration.ZERO, new Retention(50, 5, 200), 200, 400, 400, 64 << 10);

    private final SplittableRandom random = new SplittableRandom(1);
    private final AtomicLong acknowledged = new AtomicLong();
    private final List<Failure> failures = new ArrayList<>();

    /** The power failed when so many lines were acknowledged; what there was then. */
    private record Failure(Path folder, long lines) {}

    @Test
    void machineKeepsWhatItAcknowledged(@TempDir Path folder) throws Exception {
        run(folder, H2.url(folder.resolve("site"), Durability.MACHINE).replace("durable:", "durable:lossy:"), 80);
        for (Failure failure : failures) {
            String found = look(failure);
            assertTrue(found.isEmpty(), found);
        }
    }

    /** So that the test above can fail. */
    @Test
    void processLosesSomeOfIt(@TempDir Path folder) throws Exception {
        run(folder, H2.url(folder.resolve("site"), Durability.PROCESS).replace("file:", "lossy:"), 12);
        assertTrue(failures.stream().anyMatch(each -> !look(each).isEmpty()), "nothing was lost, nothing was torn");
    }

    /** The power fails before one in some of what the disk is told. */
    private void run(Path folder, String url, int some) throws Exception {
        LossyDisk disk = LossyDisk.of(folder.resolve("site.mv.db"));
        // What is dead may be overwritten at once: the worst that can be.
        String address = url.replaceAll("RETENTION_TIME=\\d+", "RETENTION_TIME=0");
        try (SqlTrial trial = new SqlTrial(Databases.h2(address), SETTINGS)) {
            disk.watch(() -> {
                if (random.nextInt(some) == 0) {
                    fail(folder, disk);
                }
            });
            Semaphore free = new Semaphore(OUTSTANDING);
            for (int i = 1; i <= LINES; i++) {
                free.acquire();
                String text = "x".repeat(random.nextInt(20)) + Long.toHexString(random.nextLong());
                var unused = trial.store.journal().append("lines", "key", text).whenComplete((number, thrown) -> {
                    acknowledged.accumulateAndGet(thrown == null ? number : 0, Math::max);
                    free.release();
                });
                var unusedToo = trial.store.journal().replace("other", "key", "y".repeat(random.nextInt(3_000)));
            }
            free.acquire(OUTSTANDING);
            disk.watch(() -> {});
        }
        assertTrue(failures.size() >= FAILURES, "the power failed only " + failures.size() + " times");
    }

    private void fail(Path folder, LossyDisk disk) throws IOException {
        Path failed = Files.createDirectory(folder.resolve("failure-" + failures.size()));
        long lines = acknowledged.get();
        disk.image(failed.resolve("site.mv.db"), random);
        failures.add(new Failure(failed, lines));
    }

    /** Looks at what is there after a failure; returns what is wrong. */
    private static String look(Failure failure) {
        try (Connection connection = Databases.h2(failure.folder()).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select max(number), sum(length(text)), min(length(about)) from line where stream = 'lines'")) {
            row.next();
            return row.getLong(1) >= failure.lines()
                    ? ""
                    : failure.lines() + " lines were acknowledged, the last one there is " + row.getLong(1);
        } catch (SQLException e) {
            return failure.lines() + " lines were acknowledged, and none can be read: " + e.getMessage();
        }
    }
}
