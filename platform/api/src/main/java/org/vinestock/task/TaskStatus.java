package org.vinestock.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task as people see it.
 *
 * @param by who asked
 * @param step number of the current step, from 1; 0 before the first
 * @param title of the current step
 * @param progress of the whole task, 0 to 1
 * @param message what the step says, or why it failed
 * @param result null until it is done
 */
public record TaskStatus(
        TaskId id,
        String operation,
        TaskState state,
        String by,
        Instant startedAt,
        @Nullable Instant endedAt,
        int step,
        int steps,
        String title,
        double progress,
        String message,
        @Nullable Record result) {}
