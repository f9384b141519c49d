package org.vinestock.surfaces.site;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.vinestock.task.Operations;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskStatus;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/** Waits for what becomes of a task, at the edge. For one thread, which closes it. */
public final class TaskWatch implements AutoCloseable {
    private final BlockingQueue<TaskStatus> told = new LinkedBlockingQueue<>();
    private final Cancellable subscription;

    /** Begins to watch. */
    public TaskWatch(Operations operations, TaskId task, Lane lane) {
        this.subscription = operations.watch(task, lane, told::add);
    }

    /** Waits for news, at most so long; returns the newest status, or empty if nothing came. */
    public Optional<TaskStatus> next(Duration atMost) throws InterruptedException {
        TaskStatus newest = told.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
        for (TaskStatus next = told.poll(); next != null; next = told.poll()) {
            newest = next;
        }
        return Optional.ofNullable(newest);
    }

    @Override
    public void close() {
        subscription.cancel();
    }
}
