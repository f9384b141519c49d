package org.vinestock.audit;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Rows of who did what, written by the inventory's writer: a deed that is told with lines of the journal ({@link
 * org.vinestock.journal.Entry.Tell}) is durable in one transaction with them.
 *
 * <p>Nothing is ever changed or forgotten. Each row has a hash over the one before, and the newest hash is anchored outside
 * of the database, soon after the row is durable and never before: so a row that was changed or taken away is found, also
 * at the end, save for the last moment before the process died.
 *
 * <p><b>Calls.</b> From any thread, never blocks.
 *
 * <p><b>Failure.</b> Stages complete exceptionally with {@code VinestockException} if the store is not available.
 */
@ProviderType
public interface Audit {
    /** Adds a row; completes with its number when it is durable. */
    CompletionStage<Long> tell(Deed deed);

    /**
     * Returns rows, the newest first.
     *
     * @param before only rows with a lower number
     * @param limit how many at most
     */
    CompletionStage<List<AuditRow>> newest(AuditFilter filter, long before, int limit);

    /** Looks at every row. */
    default CompletionStage<AuditReport> verify() {
        return verify((rows, last) -> {});
    }

    /**
     * Looks at every row, some thousand at a time: others are answered between them.
     *
     * @param watch told after each part
     */
    CompletionStage<AuditReport> verify(AuditWatch watch);

    /** Whether the rows outlive the process. */
    boolean kept();
}
