package org.vinestock.store.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.backup.Backup;
import org.vinestock.backup.StateFiles;
import org.vinestock.store.sql.SqlStore;

/** Backups and restores of homes, without a container. */
class BackupTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T14:02:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private Path home;
    private Path file;

    @BeforeEach
    void aHome() throws IOException {
        home = folder.resolve("home");
        file = folder.resolve("site.zip");
        for (String each : List.of(
                "etc/a.cfg",
                "etc/a.cfg.new",
                "etc/users.properties",
                "ssh/id",
                "deploy/acme-1.0.jar",
                "reports/compare-1.json",
                "reports/compare-2.new",
                "run/shipped/etc/a.cfg",
                "run/container.pid",
                "log/vinestock.log",
                "data/cache/x",
                "state/site.mv.db",
                "state/strategies.log",
                "state/audit.head",
                "state/audit.head.new",
                "state/calls",
                "state/plugins/acme-1.0-0123.jar",
                "state/plugins/acme-1.1-0123.jar.half")) {
            put(home, each, each + " of home");
        }
    }

    @Test
    void putsBackWhatCannotBeHadAgain() throws IOException {
        Backup made = backup();
        assertEquals(11, made.files());
        assertEquals(List.of("ledger is elsewhere"), made.notes());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        Path other = folder.resolve("other");
        assertEquals(
                "restored 11 files of a backup made 2026-11-20T14:02:00Z by version 1.2.3\n",
                restore(other, file, true));
        Map<String, String> expected = new TreeMap<>();
        for (String each : List.of(
                "etc/a.cfg",
                "etc/a.cfg.new",
                "etc/users.properties",
                "ssh/id",
                "deploy/acme-1.0.jar",
                "reports/compare-1.json",
                "run/shipped/etc/a.cfg",
                "state/strategies.log",
                "state/audit.head",
                "state/plugins/acme-1.0-0123.jar")) {
            expected.put(each, each + " of home");
        }
        expected.put("state/site.mv.db", "a copy that fits together");
        expected.put("state/restored", "from a backup made 2026-11-20T14:02:00Z by 1.2.3\n");
        assertEquals(expected, files(other));
    }

    @Test
    void keepsWhatWasThereAside() throws IOException {
        backup();
        Path other = folder.resolve("other");
        put(other, "etc/a.cfg", "mine");
        put(other, "etc/mine.cfg", "mine");
        put(other, "state/site.mv.db", "mine");
        put(other, "data/cache/x", "mine");
        put(other, "log/x", "mine");
        String said = restore(other, file, true);
        assertTrue(said.endsWith("; what was there is in " + other.resolve("before-restore-now") + "\n"), said);
        Map<String, String> now = files(other);
        assertEquals("mine", now.get("before-restore-now/etc/a.cfg"));
        assertEquals("mine", now.get("before-restore-now/state/site.mv.db"));
        assertEquals("etc/a.cfg of home", now.get("etc/a.cfg"));
        assertFalse(now.containsKey("etc/mine.cfg"));
        assertFalse(now.containsKey("data/cache/x"), "it was made from another configuration");
        assertEquals("mine", now.get("log/x"));
    }

    @Test
    void goesOnWithARestoreThatWasCutOff() throws IOException {
        backup();
        Path other = folder.resolve("other");
        put(other, "before-restore-then/etc/a.cfg", "mine");
        put(other, "etc/a.cfg", "half");
        put(other, "state/site.mv.db", "mine");
        put(other, "run/restoring", "then\n");
        restore(other, file, true);
        Map<String, String> now = files(other);
        assertEquals("mine", now.get("before-restore-then/etc/a.cfg"));
        assertEquals("mine", now.get("before-restore-then/state/site.mv.db"));
        assertEquals("etc/a.cfg of home", now.get("etc/a.cfg"));
        assertFalse(now.containsKey("run/restoring"));
    }

    @Test
    void refusesWhatIsDamagedWhereverItIsAndTouchesNothing() throws IOException {
        backup();
        byte[] whole = Files.readAllBytes(file);
        Path other = folder.resolve("other");
        put(other, "etc/a.cfg", "mine");
        Path damaged = folder.resolve("damaged.zip");
        int refused = 0;
        for (int at = 0; at < whole.length; at += 7) {
            byte[] bytes = whole.clone();
            bytes[at] ^= 0x55;
            Files.write(damaged, bytes);
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            if (!Restore.run(arguments(damaged, folder.resolve("try-" + at)), print(said), print(said))) {
                refused++;
                assertTrue(
                        said.toString(StandardCharsets.UTF_8).startsWith("run: " + damaged),
                        said.toString(StandardCharsets.UTF_8));
            } else { // a time stamp, say: what was restored must be whole
                assertEquals(
                        "a copy that fits together",
                        files(folder.resolve("try-" + at)).get("state/site.mv.db"));
            }
        }
        assertTrue(refused > whole.length / 7 / 2, "refused " + refused + " of " + whole.length / 7);
        for (int length : List.of(0, 10, whole.length / 2, whole.length - 1)) {
            Files.write(damaged, java.util.Arrays.copyOf(whole, length));
            assertTrue(restore(other, damaged, false).startsWith("run: " + damaged + " is damaged"));
        }
        assertEquals(Map.of("etc/a.cfg", "mine"), files(other));
    }

    @Test
    void refusesWhatIsNoBackupOrOfALaterVersion() throws IOException {
        Path other = folder.resolve("other");
        assertEquals(
                "run: there is no file " + folder.resolve("none") + "\n",
                restore(other, folder.resolve("none"), false));
        zip(Map.of("a", "b"));
        assertTrue(restore(other, file, false).contains("is no backup, or damaged: it has no vinestock-backup.txt"));
        int later = SqlStore.SCHEMA + 1;
        zip(Map.of(BackupFile.ABOUT, new BackupFile.About(1, "9.0", later, "").text()));
        assertEquals(
                "run: " + file + " was made by a newer version of Vinestock, 9.0 (format 1, schema " + later
                        + "; this one knows format 2, schema " + SqlStore.SCHEMA + "); restore it with that version\n",
                restore(other, file, false));
        String slipped = "../../etc/passwd";
        zip(new TreeMap<>(Map.of(
                BackupFile.ABOUT, new BackupFile.About(1, "1", 1, "").text(), slipped, "x", BackupFile.CHECKSUMS, "")));
        String said = restore(other, file, false);
        assertTrue(said.contains(slipped) || said.contains("is damaged"), said);
        assertFalse(Files.exists(other.resolve("etc")));
    }

    @Test
    void leavesNothingOfABackupThatFails() throws IOException {
        HomeBackups backups = backups(new StateFiles() {
            @Override
            public String name() {
                return "site";
            }

            @Override
            public CompletionStage<String> copy(Path to) {
                return CompletableFuture.failedStage(new IOException("the disk is full"));
            }
        });
        CompletionException failed = assertThrows(
                CompletionException.class,
                () -> backups.write(file).toCompletableFuture().join());
        assertEquals(
                "no backup was made: site: the disk is full", failed.getCause().getMessage());
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(home), left.toList());
        }
    }

    @Test
    void clearsAwayWhatAProcessLeftThatDied() throws IOException {
        put(folder, ".site.zip.copies/site.mv.db", "half");
        put(folder, "site.zip.part", "half");
        assertEquals(11, backup().files());
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(home, file), left.sorted().toList());
        }
    }

    @Test
    void refusesAFileThatIsThere() throws IOException {
        put(folder, "site.zip", "x");
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, this::backup);
        assertEquals("file: " + file + " is there already; accepted: a new name", refused.getMessage());
        assertThrows(IllegalArgumentException.class, () -> backups(copied()).write(Path.of("site.zip")));
        assertThrows(IllegalArgumentException.class, () -> backups(copied()).write(Path.of("/none/site.zip")));
    }

    /** A restore refuses what a later schema made; so the number must be that of the newest migration. */
    @Test
    void knowsTheNewestMigration() throws IOException {
        try (Stream<Path> migrations = Files.list(Path.of("src/main/resources/org/vinestock/store/sql"))) {
            int newest = migrations
                    .map(each -> each.getFileName().toString())
                    .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
                    .max()
                    .orElseThrow();
            assertEquals(newest, SqlStore.SCHEMA);
        }
    }

    private Backup backup() {
        return backups(copied()).write(file).toCompletableFuture().join();
    }

    private HomeBackups backups(StateFiles owner) {
        return new HomeBackups(home, "1.2.3", CLOCK, () -> List.of(owner));
    }

    private static StateFiles copied() {
        return new StateFiles() {
            @Override
            public String name() {
                return "site";
            }

            @Override
            public CompletionStage<String> copy(Path to) {
                put(to, "site.mv.db", "a copy that fits together");
                return CompletableFuture.completedStage("ledger is elsewhere");
            }
        };
    }

    private static String[] arguments(Path from, Path to) {
        return new String[] {from.toString(), to.toString(), "now"};
    }

    private static PrintStream print(ByteArrayOutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    private static String restore(Path to, Path from, boolean well) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        assertEquals(
                well,
                Restore.run(arguments(from, to), print(said), print(said)),
                said.toString(StandardCharsets.UTF_8));
        return said.toString(StandardCharsets.UTF_8);
    }

    private void zip(Map<String, String> entries) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
    }

    private static void put(Path folder, String name, String text) {
        try {
            Path target = folder.resolve(name);
            Files.createDirectories(target.getParent());
            Files.writeString(target, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(each).toString(), Files.readString(each));
            }
        }
        return files;
    }
}
