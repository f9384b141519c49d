package org.vinestock.journal;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Streams of lines that are kept with the inventory and by its writer: what was given earlier, to either of them, is
 * durable earlier or in the same transaction.
 *
 * <p><b>Calls.</b> From any thread, never blocks.
 *
 * <p><b>Failure.</b> Stages complete exceptionally with {@code VinestockException} if the store is not available; a line
 * that was not acknowledged may or may not be there afterwards. A key or a text that is too long is an {@code
 * IllegalArgumentException}.
 */
@ProviderType
public interface Journal {
    /** Appends a line; completes with its number when it is durable. */
    CompletionStage<Long> append(String stream, String key, String text);

    /** Appends a line and forgets those about {@code key} that were given before it, in one transaction. */
    CompletionStage<Long> replace(String stream, String key, String text);

    /** Forgets all lines of a stream about {@code key} that were given up to now. */
    CompletionStage<?> forget(String stream, String key);

    /**
     * Does all of it in one transaction, in this order; completes when it is durable. Nothing is given to the writer if one
     * of the entries is not accepted.
     */
    CompletionStage<?> write(List<Entry> entries);

    /** Returns the durable lines of a stream with a number above {@code after}, oldest first, at most {@code limit}. */
    CompletionStage<List<Line>> read(String stream, long after, int limit);

    /** Returns the durable lines of a stream about {@code key}, oldest first. */
    CompletionStage<List<Line>> about(String stream, String key);
}
