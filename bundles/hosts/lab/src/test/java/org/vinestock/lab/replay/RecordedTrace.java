package org.vinestock.lab.replay;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the public trace: in the folder {@code -Dvinestock.data=DIR}, else in a folder {@code shared/data} above. */
final class RecordedTrace {
    private RecordedTrace() {}

    static Optional<Path> find() {
        String given = System.getProperty("vinestock.data", "");
        if (!given.isEmpty()) {
            return existing(Path.of(given));
        }
        for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
            Optional<Path> found = existing(above.resolve("shared").resolve("data"));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> existing(Path data) {
        Path file = data.resolve("azure-arrivals").resolve("v1.dev.txt.gz");
        return Files.exists(file) ? Optional.of(file) : Optional.empty();
    }
}
