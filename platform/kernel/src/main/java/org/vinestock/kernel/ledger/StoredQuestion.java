package org.vinestock.kernel.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.vinestock.kernel.json.Json;
import org.vinestock.kernel.ledger.StoredDecision.Choice;

/** What is asked again of a {@link StoredDecision}: reading only that takes a third of the time. */
public record StoredQuestion(
        String point,
        long revision,
        long sample,
        long siteSeed,
        Json question,
        @Nullable Choice answer,
        @Nullable Json outcome,
        @Nullable Instant endedAt) {
    /** What became of a decision after it was written. */
    record Ended(@Nullable Json outcome, @Nullable Instant endedAt) {}

    StoredQuestion with(Ended ended) {
        return ended.outcome() == null
                ? this
                : new StoredQuestion(
                        point, revision, sample, siteSeed, question, answer, ended.outcome(), ended.endedAt());
    }
}
