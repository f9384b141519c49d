package org.vinestock.decision;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/**
 * Shows decisions as they are made, for whoever follows them live. It holds the newest ones only: whoever is too slow
 * sees a gap in the numbers and never delays a decision.
 *
 * <p><b>Calls.</b> From any thread, never blocks.
 */
@ProviderType
public interface DecisionFeed {
    /** The number of the newest decision; 0 if there was none. */
    long newest();

    /**
     * Returns the decisions with a number above {@code after} that are still held, oldest first.
     *
     * @param limit how many at most, from 1
     */
    List<DecisionLine> after(long after, int limit);

    /**
     * Runs {@code wake} on {@code lane} after decisions were added. Many may cause one wake; whoever is woken calls
     * {@link #after}.
     */
    Cancellable onDecision(Lane lane, Runnable wake);
}
