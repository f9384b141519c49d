package org.vinestock.testkit.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.model.VinestockException;

/** The disk of a database in H2 is full, and has room again. */
class FullDiskTest {
    private static final int MEBIBYTES = 24;

    @Test
    void saysThatTheDiskIsFullAndKeepsWhatItAcknowledged(@TempDir Path folder) throws Exception {
        Assumptions.assumeTrue(
                System.getProperty("user.name").equals("root"), "a small disk is mounted, and only root can do that");
        Path disk = Files.createDirectory(folder.resolve("disk"));
        int mounted = call("mount", "-t", "tmpfs", "-o", "size=" + MEBIBYTES + "m", "tmpfs", disk.toString());
        if (!"required".equals(System.getenv("VINESTOCK_REAL"))) {
            Assumptions.assumeTrue(mounted == 0, "this machine lets nobody mount a small disk");
        }
        assertEquals(0, mounted, "a small disk could not be mounted");
        try {
            Path filler = disk.resolve("filler");
            long acknowledged = fill(disk, filler);
            Files.delete(filler);
            try (SqlTrial again = new SqlTrial(Databases.h2(disk))) {
                assertEquals(
                        acknowledged,
                        again.await(again.store.journal().read("full", 0, Integer.MAX_VALUE))
                                .size());
                assertTrue(again.await(again.store.journal().append("full", "x", "room again")) > acknowledged);
            }
        } finally {
            assertEquals(0, call("umount", "-l", disk.toString()));
        }
    }

    /** Writes until the disk is full, and returns how many lines were acknowledged. */
    private static long fill(Path disk, Path filler) throws IOException {
        long acknowledged = 0;
        try (SqlTrial trial = new SqlTrial(Databases.h2(disk))) {
            var journal = trial.store.journal();
            trial.await(journal.append("full", "x", "first"));
            acknowledged++;
            Files.write(filler, new byte[(int) (disk.toFile().getUsableSpace() - (4 << 20))]);
            CompletionException full = null;
            for (int i = 0; full == null; i++) {
                assertTrue(i < 10_000, "the disk never was full");
                try {
                    trial.await(journal.append("full", "x", "x".repeat(10_000)));
                    acknowledged++;
                } catch (CompletionException e) {
                    full = e;
                }
            }
            VinestockException because = (VinestockException) full.getCause();
            assertEquals("STORE_UNAVAILABLE", because.code().name());
            assertTrue(String.valueOf(because.getMessage()).contains("No space left on device"), because.getMessage());
            assertThrows(CompletionException.class, () -> trial.await(journal.append("full", "x", "later")));
            for (long until = System.currentTimeMillis() + 20_000; trial.troubles.isEmpty(); Thread.onSpinWait()) {
                assertTrue(System.currentTimeMillis() < until, "nobody was told");
            }
            assertEquals(1, trial.troubles.size(), trial.troubles.toString());
        }
        return acknowledged;
    }

    private static int call(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start()
                .waitFor();
    }
}
