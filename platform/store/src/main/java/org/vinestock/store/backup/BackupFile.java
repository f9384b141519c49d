package org.vinestock.store.backup;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a backup looks like: a zip of files under their paths in the home, before them {@value #ABOUT} with lines {@code KEY
 * VALUE}, behind them {@value #CHECKSUMS} with a line for each file: its SHA-256, two blanks, its path.
 *
 * <p>In it are, of the home: {@code etc}, {@code ssh}, {@code deploy}, {@code reports}, {@code state} and {@code run/shipped}.
 * Not in it are logs, caches, and marks of what is running: {@code log}, {@code data}, the rest of {@code run}, {@code state/calls}.
 *
 * <p>Uses nothing but Java, as it also runs without a container.
 */
final class BackupFile {
    static final String ABOUT = "vinestock-backup.txt";
    static final String CHECKSUMS = "checksums.txt";
    static final int FORMAT = 2;

    /** The folders of a home that belong to a backup, in the order in which they are put back. */
    static final List<String> FOLDERS = List.of("etc", "ssh", "deploy", "reports", "run/shipped", "state");

    private BackupFile() {}

    /**
     * What a backup says of itself.
     *
     * @param version of the program that made it
     * @param schema the number of its newest migration
     * @param made when, ISO-8601
     */
    record About(int format, String version, int schema, String made) {
        String text() {
            return "format " + format + "\nversion " + version + "\nschema " + schema + "\nmade " + made + "\n";
        }

        /** Reads what {@link #text} wrote; empty if it did not. */
        static Optional<About> parse(String text) {
            Map<String, String> values = new TreeMap<>();
            for (String line : text.lines().toList()) {
                int blank = line.indexOf(' ');
                if (blank > 0) {
                    values.put(line.substring(0, blank), line.substring(blank + 1));
                }
            }
            try {
                return Optional.of(new About(
                        Integer.parseInt(values.getOrDefault("format", "")),
                        values.getOrDefault("version", "unknown"),
                        Integer.parseInt(values.getOrDefault("schema", "")),
                        values.getOrDefault("made", "unknown")));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
    }

    /** Whether a file of the home belongs to a backup; {@code path} is within the home, with slashes. */
    static boolean belongs(String path) {
        boolean state = path.startsWith("state/");
        boolean report = path.startsWith("reports/");
        boolean half = path.endsWith(".new") || path.endsWith(".half");
        boolean owned = path.endsWith(".db") || path.endsWith(".lock");
        return FOLDERS.stream().anyMatch(folder -> path.startsWith(folder + "/"))
                && !(state && (half || owned || path.equals("state/calls")))
                && !(report && half);
    }

    /** The path of a file within the home, as it stands in a backup. */
    static String name(Path home, Path file) {
        return home.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
