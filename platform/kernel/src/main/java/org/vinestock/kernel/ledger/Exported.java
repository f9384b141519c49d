package org.vinestock.kernel.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.DecisionId;
import org.vinestock.decision.StrategyRef;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.kernel.ledger.LedgerArchive.Found;
import org.vinestock.model.ObjectId;

/**
 * A decision with all that was recorded of it, for other programs.
 *
 * @param state what it was decided on
 * @param siteSeed from which the question's seed was made
 * @param question as its area writes it
 * @param answer its choice, reason, alternatives and vetoes; null if there was none
 * @param instead why another one than the active strategy answered; empty if none did
 * @param reservedAt the revision that holds what was reserved; -1 = nothing was
 * @param failure why nothing came of it; empty if something did
 * @param outcome what became of it; null if nobody said
 */
public record Exported(
        DecisionId decision,
        Instant at,
        String point,
        ObjectId subject,
        StrategyRef by,
        SnapshotRef state,
        long siteSeed,
        Duration took,
        Record question,
        @Nullable Record answer,
        String instead,
        long reservedAt,
        String failure,
        List<? extends Record> shadows,
        @Nullable Record outcome) {
    static Exported of(LedgerRow<?, ?, ?> row) {
        return new Exported(
                row.id(),
                row.askedAt(),
                row.point().name(),
                row.subject(),
                row.by(),
                row.state(),
                row.siteSeed(),
                row.took(),
                row.question(),
                row.answer(),
                orEmpty(row.fallbackBecause()),
                row.reservedAt(),
                orEmpty(row.failure()),
                row.shadows(),
                row.outcome());
    }

    static Exported of(Found found) {
        StoredDecision stored = found.decision();
        return new Exported(
                new DecisionId(found.number()),
                found.at(),
                stored.point(),
                stored.subject(),
                stored.by(),
                new SnapshotRef(stored.revision(), stored.sample()),
                stored.siteSeed(),
                Duration.ofNanos(stored.tookNanos()),
                stored.question(),
                stored.answer(),
                orEmpty(stored.fallbackBecause()),
                stored.reservedAt(),
                orEmpty(stored.failure()),
                stored.shadows(),
                stored.outcome());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
