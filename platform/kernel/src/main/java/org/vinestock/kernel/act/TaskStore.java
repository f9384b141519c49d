package org.vinestock.kernel.act;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.operation.OperationType;
import org.vinestock.task.Request;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskStatus;

/** Keeps what tasks did. Any thread, never blocks. */
public interface TaskStore {
    /** What {@link #record} returns if nothing is to be waited for: the engine goes on at once. */
    CompletionStage<?> RECORDED = CompletableFuture.completedFuture(null);

    /**
     * Returns the tasks of an earlier process that did not end, oldest first. Called once, before anything is recorded.
     *
     * @param catalogue where operations and step handlers are found as areas come, to read what was recorded
     */
    default List<UnfinishedTask> begin(Catalogue catalogue) {
        return List.of();
    }

    /**
     * The task that an earlier process made of the same request.
     *
     * @throws IllegalArgumentException if its idempotency key was used for another
     */
    default Optional<TaskId> requestedBefore(OperationType<?, ?> type, Record parameters, Request request) {
        return Optional.empty();
    }

    /**
     * Records an event; completes when it is durable. Events become durable in the order in which they are given; changes
     * of the inventory that are given later become durable later or together with it.
     */
    CompletionStage<?> record(TaskEvent event);

    /** What is known of a task; empty if it never was or is no longer kept. */
    Optional<TaskHistory> find(TaskId id);

    /** The last status of tasks that ended, the one that ended last first; at most {@code limit}. */
    List<TaskStatus> ended(int limit);
}
