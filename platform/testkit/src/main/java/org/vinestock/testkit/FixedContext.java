package org.vinestock.testkit;

import java.time.Duration;
import java.time.Instant;
import org.vinestock.decision.Budget;
import org.vinestock.decision.Context;
import org.vinestock.inventory.Snapshot;

/** A context by hand, for asking a strategy in a test. */
public record FixedContext(Snapshot snapshot, Instant askedAt, Budget budget) implements Context {
    /** Asks at the first of November 2026 under a seed, with a budget that is no limit. */
    public static FixedContext of(Snapshot snapshot, long seed) {
        return new FixedContext(
                snapshot,
                Instant.parse("2026-11-01T00:00:00Z"),
                new Budget(seed, Long.MAX_VALUE, Duration.ofSeconds(1)));
    }
}
