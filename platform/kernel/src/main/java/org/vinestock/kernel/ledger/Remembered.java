package org.vinestock.kernel.ledger;

import org.jspecify.annotations.Nullable;
import org.vinestock.decision.DecisionLine;
import org.vinestock.view.InWords;

/**
 * A decision, of this process or an earlier one.
 *
 * @param line as people read it
 * @param outcome what became of it, in words; empty if nobody said
 * @param row all of it; null if it cannot be read now
 * @param unread why {@code row} is null
 */
public record Remembered(
        DecisionLine line, String outcome, @Nullable LedgerRow<?, ?, ?> row, String unread) {
    /** A decision that can be read. */
    static Remembered of(LedgerRow<?, ?, ?> row) {
        Record outcome = row.outcome();
        return new Remembered(Ledger.line(row), outcome == null ? "" : InWords.of(outcome), row, "");
    }
}
