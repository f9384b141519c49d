package org.vinestock.area;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.StrategyRef;
import org.vinestock.inventory.Snapshot;

/**
 * What a twin is made from.
 *
 * @param seed decides everything that is left to chance
 * @param start simulated time at the beginning
 * @param active the strategies to put in force, at most one a point; other points have the live site's active one
 * @param state the rows that its inventory begins with; null = none. Tasks and leases of the live site are not in it
 */
public record TwinSpec(
        long seed,
        Instant start,
        List<StrategyRef> active,
        @Nullable Snapshot state) {
    /** Copies the list. */
    public TwinSpec {
        active = List.copyOf(active);
    }

    /** Makes one of an empty site. */
    public TwinSpec(long seed, Instant start, List<StrategyRef> active) {
        this(seed, start, active, null);
    }
}
