package org.vinestock.lab.replay;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the files of a trace are: beside the arrivals, by the names that {@link ArrivalTrace} tells. */
record TraceFiles(Path flavours, Path intervals, Path lifetimes) {
    private static final Pattern ARRIVALS = Pattern.compile("(([^.]+)(\\..+)?)\\.txt(\\.gz)?");

    /**
     * Finds the companions.
     *
     * @throws IllegalArgumentException if one is missing
     */
    static TraceFiles of(Path arrivals) {
        Path folder = arrivals.toAbsolutePath().getParent();
        String name = String.valueOf(arrivals.getFileName());
        Matcher parts = ARRIVALS.matcher(name);
        if (folder == null || !parts.matches()) {
            throw new IllegalArgumentException(
                    "file \"" + name
                            + "\" is not named as the arrivals of a trace; accepted: NAME.txt or NAME.txt.gz, such as v1.dev.txt.gz");
        }
        TraceLines.requireFile(arrivals);
        return new TraceFiles(
                companion(folder.resolve("flav_map.txt")),
                companion(folder.resolve(parts.group(2) + ".interval_map.txt")),
                lifetimes(folder, parts.group(1)));
    }

    private static Path companion(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("file " + file.getFileName() + " is not beside the arrivals in "
                    + file.getParent() + "; accepted: all four files of a trace in one folder");
        }
        return file;
    }

    private static Path lifetimes(Path folder, String stem) {
        Pattern wanted = Pattern.compile(Pattern.quote(stem) + "\\.c[0-9]+\\.txt(\\.gz)?");
        @Nullable Path found = null;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (wanted.matcher(String.valueOf(file.getFileName())).matches()) {
                    if (found != null) {
                        throw new IllegalArgumentException("folder " + folder + " has " + found.getFileName() + " and "
                                + file.getFileName() + "; accepted: one file of lifetimes for " + stem);
                    }
                    found = file;
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("folder " + folder + " cannot be read: " + e.getMessage(), e);
        }
        if (found == null) {
            throw new IllegalArgumentException(
                    "file " + stem + ".cN.txt.gz with the lifetimes is not beside the arrivals in " + folder
                            + "; accepted: all four files of a trace in one folder");
        }
        return found;
    }
}
