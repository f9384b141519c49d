package org.vinestock.kernel.turn;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Numbers of decisions: each is given once, also if the process dies. Any thread. */
@FunctionalInterface
public interface Numbers {
    /** What {@link #kept} returns if there is nothing to wait for. */
    CompletionStage<?> KEPT = CompletableFuture.completedFuture(null);

    /** The next one. */
    long next();

    /**
     * Completes when no later process can give one of those that were given so far. Nobody gets to know a decision before:
     * a later one would have its number.
     */
    default CompletionStage<?> kept() {
        return KEPT;
    }
}
