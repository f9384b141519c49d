package org.vinestock.dataplane.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** What others recorded: in the folder {@code -Dvinestock.data=DIR}, else in a folder {@code shared/data} above. */
public final class RecordedData {
    private RecordedData() {}

    /** Finds a file, or skips the test. */
    public static Path find(String name) {
        String given = System.getProperty("vinestock.data", "");
        Path found = given.isEmpty() ? above(name) : Path.of(given).resolve(name);
        Assumptions.assumeTrue(
                found != null && Files.exists(found),
                "there is no " + name + " in shared/data or -Dvinestock.data=DIR; its source is in the specification");
        return found;
    }

    private static Path above(String name) {
        for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
            Path file = above.resolve("shared").resolve("data").resolve(name);
            if (Files.exists(file)) {
                return file;
            }
        }
        return null;
    }
}
