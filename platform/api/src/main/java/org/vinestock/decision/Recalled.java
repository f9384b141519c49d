package org.vinestock.decision;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Snapshot;

/**
 * A former decision, for explaining it in an area's own words.
 *
 * @param state what it was decided on; null if that is no longer kept
 */
public record Recalled<Q extends Record, A>(
        Q question,
        Decision<A> decision,
        Instant askedAt,
        @Nullable Snapshot state) {}
