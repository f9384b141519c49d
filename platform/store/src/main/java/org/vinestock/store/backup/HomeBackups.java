package org.vinestock.store.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.vinestock.backup.Backup;
import org.vinestock.backup.Backups;
import org.vinestock.backup.StateFiles;
import org.vinestock.model.ByteCount;
import org.vinestock.model.VinestockException;
import org.vinestock.store.sql.SqlStore;
import org.vinestock.store.write.StoreError;

/**
 * Backups of a home, on a thread of its own.
 *
 * <p>The anchor of the audit is read before anything else, so that it is never ahead of the rows that come with it.
 *
 * <p>Waits for whoever copies its own files, so this is a class at the edge.
 */
public final class HomeBackups implements Backups, AutoCloseable {
    private static final String ANCHOR = "state/audit.head";

    private final Path home;
    private final String version;
    private final InstantSource clock;
    private final Supplier<List<StateFiles>> owners;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread made = new Thread(work, "vinestock-backup");
        made.setDaemon(true);
        return made;
    });

    /**
     * Makes one.
     *
     * @param version of this program
     * @param owners whoever has files in {@code state} that nobody else can copy
     */
    public HomeBackups(Path home, String version, InstantSource clock, Supplier<List<StateFiles>> owners) {
        this.home = home.toAbsolutePath();
        this.version = version;
        this.clock = clock;
        this.owners = owners;
    }

    @Override
    public CompletionStage<Backup> write(Path file) {
        check(file);
        CompletableFuture<Backup> written = new CompletableFuture<>();
        thread.execute(() -> {
            try {
                written.complete(make(file));
            } catch (IOException e) {
                written.completeExceptionally(new VinestockException(
                        StoreError.STORE_UNAVAILABLE, "no backup was made: " + e.getMessage(), e));
            } catch (RuntimeException | Error e) {
                written.completeExceptionally(e);
            }
        });
        return written;
    }

    private static void check(Path file) {
        Path folder = file.getParent();
        if (!file.isAbsolute() || folder == null) {
            throw new IllegalArgumentException(
                    "file: " + file + "; accepted: an absolute path on the machine that Vinestock runs on");
        } else if (Files.exists(file)) {
            throw new IllegalArgumentException("file: " + file + " is there already; accepted: a new name");
        } else if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new IllegalArgumentException(
                    "file: " + folder + " is no folder that can be written; accepted: one that is");
        }
    }

    private Backup make(Path file) throws IOException {
        check(file);
        Path copies = file.resolveSibling("." + file.getFileName() + ".copies");
        delete(copies); // of a process that died
        Files.createDirectory(
                copies, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        String made = clock.instant().toString();
        BackupFile.About about = new BackupFile.About(BackupFile.FORMAT, version, SqlStore.SCHEMA, made);
        try (BackupWriter backup = new BackupWriter(file, about)) {
            Path anchor = home.resolve(ANCHOR);
            if (Files.exists(anchor)) {
                backup.put(ANCHOR, Files.readAllBytes(anchor));
            }
            List<String> notes = new ArrayList<>();
            for (StateFiles owner : owners.get()) {
                String note = await(owner.copy(copies), owner.name());
                if (!note.isEmpty()) {
                    notes.add(note);
                }
            }
            backup.putState(copies);
            backup.putHome(home);
            int files = backup.end();
            return new Backup(file, new ByteCount(Files.size(file)), files, notes);
        } finally {
            delete(copies);
        }
    }

    private static String await(CompletionStage<String> copy, String name) throws IOException {
        try {
            return copy.toCompletableFuture().get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(name + ": " + cause.getMessage(), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> found = Files.walk(folder)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }

    /** Begins no more backups; one that is being made is given up. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
