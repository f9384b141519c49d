package org.vinestock.kernel.act;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.task.TaskStatus;

/**
 * What a task was and did.
 *
 * @param ended its last status; null while it goes on
 */
public record TaskHistory(
        TaskEvent.Accepted accepted,
        List<StepHistory> steps,
        @Nullable TaskStatus ended) {
    /** Copies the list. */
    public TaskHistory {
        steps = List.copyOf(steps);
    }

    /** How far a step came. */
    public enum Phase {
        /** Its turn has not come. */
        WAITING,
        /** It is being carried out, or failed. */
        APPLYING,
        /** It was carried out. */
        APPLIED,
        /** It is being taken back. */
        UNDOING,
        /** It was taken back, or could not be, as the task's message says then. */
        UNDONE
    }

    /** What a step did; {@code startedAt} is null while it waits, {@code endedAt} while it is under way. */
    public record StepHistory(
            String title,
            String kind,
            Phase phase,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {}
}
