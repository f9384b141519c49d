package org.vinestock.kernel.replay;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.DecisionId;
import org.vinestock.decision.Outcome;
import org.vinestock.inventory.SnapshotRef;

/**
 * A decision as it is asked again.
 *
 * @param then what was chosen
 * @param outcome what became of it; null if nobody said
 */
record Recorded<Q extends Record, A, O extends Record>(
        DecisionId id,
        Q question,
        A then,
        SnapshotRef state,
        Instant askedAt,
        long siteSeed,
        @Nullable Outcome<O> outcome) {}
