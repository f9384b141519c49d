package org.vinestock.area;

import java.time.Instant;
import java.util.List;
import org.vinestock.decision.StrategyRef;

/**
 * What a twin is made from.
 *
 * @param seed decides everything that is left to chance
 * @param start simulated time at the beginning
 * @param active the strategies to put in force, at most one a point; other points have the live site's active one
 */
public record TwinSpec(long seed, Instant start, List<StrategyRef> active) {
    /** Copies the list. */
    public TwinSpec {
        active = List.copyOf(active);
    }
}
