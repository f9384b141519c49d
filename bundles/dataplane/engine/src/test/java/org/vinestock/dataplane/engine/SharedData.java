package org.vinestock.dataplane.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** Data that others published: in the folder {@code -Dvinestock.data=DIR}, else in a folder {@code shared/data} above. */
public final class SharedData {
    private SharedData() {}

    /** A file of it; a test that needs one that is not there is skipped: it is others', and not everybody has it. */
    public static Path file(String folder, String name) {
        Path found = find(Path.of(folder, name));
        Assumptions.assumeTrue(found != null, () -> name + " is not there: say where with -Dvinestock.data=DIR");
        return found == null ? Path.of(name) : found;
    }

    private static @Nullable Path find(Path file) {
        String given = System.getProperty("vinestock.data", "");
        if (!given.isEmpty()) {
            return existing(Path.of(given), file);
        }
        for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
            Path found = existing(above.resolve("shared").resolve("data"), file);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Path existing(Path data, Path file) {
        Path path = data.resolve(file);
        return Files.exists(path) ? path : null;
    }
}
