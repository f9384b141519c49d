package org.vinestock.store.backup;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.vinestock.store.sql.SqlStore;

/**
 * Puts a backup in the place of what is in a home that is not running: {@code run restore} calls it, with the file, the
 * home and a word for the time. The backup is unpacked and compared with its checksums first; then folder by folder what is
 * there is moved aside, into {@code before-restore-TIME}, and what was unpacked takes its place. The file {@code
 * run/restoring} stands from the first move to the last; if it was cut off there, a second call goes on.
 */
public final class Restore {
    private static final String MARK = "run/restoring";
    private static final String UNPACKED = "restoring";

    private final Path home;

    Restore(Path home) {
        this.home = home;
    }

    /** Restores; the exit status says whether it went well. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err) ? 0 : 1);
    }

    static boolean run(String[] arguments, PrintStream out, PrintStream err) {
        try {
            Path home = Path.of(arguments[1]).toAbsolutePath();
            out.println(new Restore(home).from(Path.of(arguments[0]), arguments[2]));
            return true;
        } catch (IOException e) {
            err.println("run: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
            return false;
        }
    }

    /** Restores a file, and says what was done. */
    String from(Path file, String time) throws IOException {
        Path unpacked = home.resolve(UNPACKED);
        BackupFile.About about;
        int files;
        delete(unpacked);
        try (BackupReader backup = new BackupReader(file, SqlStore.SCHEMA)) {
            Files.createDirectories(unpacked);
            about = backup.about();
            files = backup.unpack(unpacked);
        } catch (IOException e) {
            delete(unpacked);
            throw e;
        }
        Path mark = home.resolve(MARK);
        boolean again = Files.exists(mark);
        String when = again ? Files.readString(mark).strip() : time;
        Files.createDirectories(home.resolve("run"));
        Files.writeString(mark, when + "\n");
        Path aside = home.resolve("before-restore-" + when);
        boolean former = again;
        for (String folder : BackupFile.FOLDERS) {
            former |= exchange(folder, unpacked, aside);
        }
        Files.createDirectories(home.resolve("state"));
        Files.writeString(
                home.resolve("state/restored"), "from a backup made " + about.made() + " by " + about.version() + "\n");
        delete(home.resolve("data/cache")); // what the container remembers of another configuration
        delete(unpacked);
        Files.delete(mark);
        return "restored " + files + " files of a backup made " + about.made() + " by version " + about.version()
                + (former ? "; what was there is in " + aside : "");
    }

    /** Puts a folder that was unpacked in the place of the one that is there; whether there was one. */
    private boolean exchange(String folder, Path unpacked, Path aside) throws IOException {
        Path there = home.resolve(folder);
        Path kept = aside.resolve(folder);
        boolean former = isFilled(there) && !Files.exists(kept);
        if (former) {
            Files.createDirectories(kept.getParent());
            Files.move(there, kept, StandardCopyOption.ATOMIC_MOVE);
        } else {
            delete(there); // put there by a restore that was cut off
        }
        if (Files.exists(unpacked.resolve(folder))) {
            Files.createDirectories(there.getParent());
            Files.move(unpacked.resolve(folder), there, StandardCopyOption.ATOMIC_MOVE);
        }
        return former;
    }

    private static boolean isFilled(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.findAny().isPresent();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> all;
            try (Stream<Path> found = Files.walk(folder)) {
                all = found.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path each : all) {
                Files.delete(each);
            }
        }
    }
}
