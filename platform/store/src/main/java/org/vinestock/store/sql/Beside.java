package org.vinestock.store.sql;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.vinestock.journal.Archive;
import org.vinestock.journal.ArchiveEntry;

/**
 * What is kept beside a store and refers to its former states.
 *
 * @param oldestRevision the oldest revision that somebody may want to look at; changes since are kept as long as {@link
 *     Settings#changesMost} allows. Any thread.
 * @param forgotten is told the oldest revision that can still be looked at, when older ones were forgotten
 * @param samples where samples of loads are kept; null = nowhere
 */
public record Beside(
        LongSupplier oldestRevision,
        LongConsumer forgotten,
        @Nullable Archive samples) {
    /** Nothing is. */
    public static final Beside NOTHING = new Beside(() -> ArchiveEntry.NO_REVISION, revision -> {}, null);
}
