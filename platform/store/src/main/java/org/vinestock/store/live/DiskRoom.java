package org.vinestock.store.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the disk of a folder has room for a database to work in. On a full disk a database may be opened, and is lost with
 * the first thing that is written: a site that begins anew each second helps nobody.
 *
 * @param folder may not be there yet
 */
record DiskRoom(Path folder, long bytes) {
    /** What opening, the areas' first rows and a ledger take, many times over. */
    static final long USUAL = 32 << 20;

    /** Says what is missing; empty = nothing, or nobody knows. */
    Optional<String> missing() {
        @Nullable Path there = folder.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there == null) {
            return Optional.empty();
        }
        try {
            return Files.getFileStore(there).getUsableSpace() >= bytes
                    ? Optional.empty()
                    : Optional.of("the disk of " + folder + " is full: less than " + (bytes >> 20)
                            + " MiB are free; make room, and the site goes on by itself");
        } catch (IOException e) {
            return Optional.empty(); // opening says more
        }
    }
}
