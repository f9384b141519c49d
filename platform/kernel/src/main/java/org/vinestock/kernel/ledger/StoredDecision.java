package org.vinestock.kernel.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.Answer;
import org.vinestock.decision.StrategyRef;
import org.vinestock.decision.Tally;
import org.vinestock.kernel.json.Json;
import org.vinestock.model.ObjectId;
import org.vinestock.model.Violation;

/**
 * A decision as the archive has it, beside its number and its time; what belongs to an area stays JSON, so that it can be
 * looked at while the area is not installed.
 *
 * @param answer a {@link Given}
 */
public record StoredDecision(
        String point,
        ObjectId subject,
        StrategyRef by,
        long revision,
        long sample,
        long siteSeed,
        long tookNanos,
        Json question,
        @Nullable Json answer,
        @Nullable String fallbackBecause,
        long reservedAt,
        @Nullable String failure,
        List<Shadowed> shadows,
        @Nullable Json outcome,
        @Nullable Instant endedAt) {
    /** With what the JSON of a point's decision begins. */
    static String begin(String point) {
        return "{\"point\":\"" + point + "\",";
    }

    /** What is written: the same with what it is in memory. */
    record Written(
            String point,
            ObjectId subject,
            StrategyRef by,
            long revision,
            long sample,
            long siteSeed,
            long tookNanos,
            Object question,
            @Nullable Answer<?> answer,
            @Nullable String fallbackBecause,
            long reservedAt,
            @Nullable String failure,
            List<ShadowAnswer<?>> shadows,
            @Nullable Object outcome,
            @Nullable Instant endedAt) {
        static Written of(LedgerRow<?, ?, ?> row) {
            return new Written(
                    row.point().name(),
                    row.subject(),
                    row.by(),
                    row.state().revision(),
                    row.state().sample(),
                    row.siteSeed(),
                    row.took().toNanos(),
                    row.question(),
                    row.answer(),
                    row.fallbackBecause(),
                    row.reservedAt(),
                    row.failure(),
                    List.copyOf(row.shadows()),
                    row.outcome(),
                    row.endedAt());
        }
    }

    /** An answer. */
    record Given(Json choice, String because, List<Other> alternatives, List<Tally> vetoes) {}

    /** Something else that could have been chosen. */
    record Other(Json choice, double score) {}

    /** The choice of an answer alone. */
    record Choice(Json choice) {}

    /** What a shadow would have answered. */
    public record Shadowed(
            StrategyRef by,
            @Nullable Json choice,
            String because,
            @Nullable String failure,
            List<Violation> violations,
            boolean agrees,
            Duration took) {}

    /** Something that joined after the decision was written: a shadow's answer, or what became of it. */
    record Joined(
            @Nullable Shadowed shadow,
            @Nullable Json outcome,
            @Nullable Instant endedAt) {}

    /** The same, as it is written. */
    record JoinedWritten(
            @Nullable ShadowAnswer<?> shadow,
            @Nullable Object outcome,
            @Nullable Instant endedAt) {}

    StoredDecision with(Joined joined) {
        List<Shadowed> all = shadows;
        if (joined.shadow() != null) {
            all = new ArrayList<>(shadows);
            all.add(joined.shadow());
        }
        boolean ended = joined.outcome() != null;
        return new StoredDecision(
                point,
                subject,
                by,
                revision,
                sample,
                siteSeed,
                tookNanos,
                question,
                answer,
                fallbackBecause,
                reservedAt,
                failure,
                all,
                ended ? joined.outcome() : outcome,
                ended ? joined.endedAt() : endedAt);
    }
}
