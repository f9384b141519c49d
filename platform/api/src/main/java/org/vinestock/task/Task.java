package org.vinestock.task;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A task that was started.
 *
 * @param result completes when the task ended; fails with {@code VinestockException} or {@code
 *     IllegalArgumentException}; continue it on a lane
 * @param accepted completes when the task is durable: from then on it goes on also after a restart
 */
public record Task<R extends Record>(TaskId id, CompletionStage<R> result, CompletionStage<?> accepted) {
    /** Makes one that is durable already. */
    public Task(TaskId id, CompletionStage<R> result) {
        this(id, result, CompletableFuture.completedStage(null));
    }
}
