package org.vinestock.kernel.act;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskStatus;

/** Keeps what tasks did. Any thread, never blocks. */
public interface TaskStore {
    /** What {@link #record} returns if nothing is to be waited for: the engine goes on at once. */
    CompletionStage<?> RECORDED = CompletableFuture.completedFuture(null);

    /** Records an event; completes when it is durable. A task's next event is given only then. */
    CompletionStage<?> record(TaskEvent event);

    /** What is known of a task; empty if it never was or is no longer kept. */
    Optional<TaskHistory> find(TaskId id);

    /** The last status of tasks that ended, the one that ended last first; at most {@code limit}. */
    List<TaskStatus> ended(int limit);
}
