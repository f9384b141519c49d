package org.vinestock.journal;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A stream of numbered texts about keys. Whoever appends gives the numbers: they grow, save that one may come some hundred
 * places late; several lines may have the same one.
 *
 * <p><b>Calls.</b> From any thread, never blocks. Reading shows what is durable; limits are 1 or more.
 *
 * <p><b>Failure.</b> Nothing is acknowledged: after a crash the newest moment is missing, see {@link
 * Archives#PAUSE_MILLIS}. Reading fails with {@code VinestockException} if the database does not answer.
 */
@ProviderType
public interface Archive {
    /** How long a text may be. */
    int LONGEST_TEXT = 300_000;

    /** Gives a line to be written soon; one that does not fit into what waits, or is too long, is dropped and counted. */
    void append(ArchiveEntry entry);

    /** Returns the lines with numbers from {@code first} to {@code last}, smallest first, at most {@code limit}. */
    CompletionStage<List<Line>> range(long first, long last, int limit);

    /** Returns the lines with a number above {@code number}, smallest first, at most {@code limit}. */
    default CompletionStage<List<Line>> after(long number, int limit) {
        return range(number + 1, Long.MAX_VALUE, limit);
    }

    /** Returns the lines with a number below {@code number}, largest first, at most {@code limit}. */
    CompletionStage<List<Line>> before(long number, int limit);

    /** Returns the lines about a key with a number below {@code number}, largest first, at most {@code limit}. */
    CompletionStage<List<Line>> about(String key, long number, int limit);

    /** What is kept, what it takes, and what is not there any more; as of the last transaction. */
    ArchiveState state();
}
