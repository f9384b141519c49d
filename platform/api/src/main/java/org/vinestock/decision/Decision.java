package org.vinestock.decision;

import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.SnapshotRef;

/**
 * What was decided.
 *
 * @param by whose answer it is
 * @param state what it was decided on
 * @param fallbackBecause why the fallback answered instead of the active strategy; null if it did not
 * @param reservedAt the revision that holds what was reserved, or {@link #NOTHING_RESERVED}
 */
public record Decision<A>(
        DecisionId id,
        StrategyRef by,
        SnapshotRef state,
        Answer<A> answer,
        @Nullable String fallbackBecause,
        long reservedAt) {
    /** The value of {@link #reservedAt} if it was advice, or if the choice needed no change. */
    public static final long NOTHING_RESERVED = -1;
}
