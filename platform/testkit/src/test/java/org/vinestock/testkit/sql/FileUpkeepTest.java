package org.vinestock.testkit.sql;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.store.sql.H2;
import org.vinestock.store.sql.Settings;
import org.vinestock.store.write.Retention;

/** A file of H2 stays small while it is written in thousands of small commits, and becomes so when nobody writes. */
class FileUpkeepTest {
    private static final int LINES = 20_000;
    private static final int OUTSTANDING = 8;
    private static final long SPARE = 1 << 20;

    @Test
    void staysSmall(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("site.mv.db");
        long written;
        try (SqlTrial trial = open(folder, 256 << 10)) {
            write(trial);
            written = Files.size(file);
            long small = 2 * content(folder, file) + SPARE;
            for (long until = System.nanoTime() + 20_000_000_000L; Files.size(file) > small; Thread.onSpinWait()) {
                assertTrue(System.nanoTime() < until, "nobody writes, and the file has " + Files.size(file));
            }
        }
        assertTrue(written <= 3 * compacted(folder, file) + SPARE, "after " + LINES + " commits it has " + written);
        try (SqlTrial again = new SqlTrial(Databases.h2(folder))) {
            assertTrue(again.await(again.store.journal().read("grown", 0, Integer.MAX_VALUE))
                            .size()
                    == LINES);
        }
    }

    /** So that the test above can fail. */
    @Test
    void growsIfNobodyLooksAfterIt(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("site.mv.db");
        long written;
        try (SqlTrial trial = open(folder, Long.MAX_VALUE)) {
            write(trial);
            written = Files.size(file);
        }
        assertTrue(written > 3 * compacted(folder, file) + SPARE, "it has " + written);
    }

    /** What is dead may be overwritten at once, so that a second of writing shows what hours do. */
    private static SqlTrial open(Path folder, long floor) {
        String url = H2.url(folder.resolve("site")).replaceAll("RETENTION_TIME=\\d+", "RETENTION_TIME=0");
        Settings settings = new Settings("grown", Duration.ZERO, Retention.USUAL, 100_000, 1_000_000, 1_000_000, floor);
        return new SqlTrial(Databases.h2(url), settings);
    }

    private static void write(SqlTrial trial) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(1);
        Semaphore free = new Semaphore(OUTSTANDING);
        for (int i = 0; i < LINES; i++) {
            free.acquire();
            String text = Long.toHexString(random.nextLong()).repeat(3) + Long.toHexString(random.nextLong());
            var unused = trial.store
                    .journal()
                    .append("grown", "key-" + i, text)
                    .whenComplete((number, thrown) -> free.release());
        }
        free.acquire(OUTSTANDING);
    }

    /** About what is in it: a copy that is closed in order is packed. */
    private static long content(Path folder, Path file) throws Exception {
        Path copy = Files.createDirectories(folder.resolve("copy"));
        Files.copy(file, copy.resolve("site.mv.db"));
        return compacted(copy, copy.resolve("site.mv.db"));
    }

    private static long compacted(Path folder, Path file) throws IOException {
        Databases.by(Databases.h2(folder), "shutdown compact");
        return Files.size(file);
    }
}
