package org.vinestock.journal;

import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A line to be written.
 *
 * @param number from 1
 * @param key what it is about: 1 to 200 characters
 * @param revision of the inventory, which can be looked at as long as the line is kept; {@link #NO_REVISION} = none
 * @param text called once, on the archive's thread, just before it is written
 */
public record ArchiveEntry(long number, Instant at, String key, long revision, Supplier<String> text) {
    /** The value of {@link #revision} if the line needs none. */
    public static final long NO_REVISION = Long.MAX_VALUE;

    /** Checks the key. */
    public ArchiveEntry {
        Objects.requireNonNull(at);
        Objects.requireNonNull(text);
        if (key.isEmpty() || key.length() > 200) {
            throw new IllegalArgumentException("key of " + key.length() + " characters; accepted: 1 to 200");
        }
    }
}
