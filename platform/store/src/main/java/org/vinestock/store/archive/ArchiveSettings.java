package org.vinestock.store.archive;

import java.time.Duration;
import org.vinestock.journal.Archives;

/**
 * How archives are written.
 *
 * @param pause how long the first line waits for others to be written with it
 * @param lines how many lines a block has at most
 * @param characters how many characters they have, roughly, at most
 * @param small how many small blocks may lie at the end of a stream before they become one
 * @param waiting how many lines may wait, so that the heap does not fill while the database is gone
 * @param retry how long after a failure it is tried again
 */
public record ArchiveSettings(Duration pause, int lines, int characters, int small, int waiting, Duration retry) {
    /** What the container uses. */
    public static final ArchiveSettings USUAL = new ArchiveSettings(
            Duration.ofMillis(Archives.PAUSE_MILLIS), 512, 500_000, 64, 16_384, Duration.ofSeconds(1));
}
