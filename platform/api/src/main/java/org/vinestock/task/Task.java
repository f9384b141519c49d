package org.vinestock.task;

import java.util.concurrent.CompletionStage;

/**
 * A task that was started.
 *
 * @param result completes when the task ended; fails with {@code VinestockException} or {@code
 *     IllegalArgumentException}; continue it on a lane
 */
public record Task<R extends Record>(TaskId id, CompletionStage<R> result) {}
