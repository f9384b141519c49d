package org.vinestock.kernel.act;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.model.Lease;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskState;
import org.vinestock.task.TaskStatus;

/**
 * Tasks of an earlier process that did not end, until the area is installed that can go on with them. They hold their
 * objects meanwhile. Any thread.
 */
final class SleepingTasks {
    private static final Logger LOG = LoggerFactory.getLogger(SleepingTasks.class);

    private final List<Sleeper> sleepers = new ArrayList<>();

    /** Claims for each task what it held. */
    SleepingTasks(Claims claims, List<UnfinishedTask> left) {
        for (UnfinishedTask task : left) {
            sleepers.add(new Sleeper(task, claims.take(task.claims(), task.id().value())));
        }
        if (!left.isEmpty()) {
            LOG.info("{} tasks go on that had not ended", left.size());
        }
    }

    /** Lets those go on of which everything is installed. */
    void wake(TaskEngine engine) {
        for (Sleeper sleeper : all()) {
            Optional<TaskEvent.Accepted> accepted;
            try {
                accepted = sleeper.task.accepted().get();
            } catch (IllegalArgumentException e) {
                sleeper.because = "it was recorded by another version of its area: " + e.getMessage();
                continue;
            }
            if (accepted.isPresent() && take(sleeper)) {
                engine.resume(sleeper.task, accepted.get(), sleeper.leases, sleeper.cancelled);
            }
        }
    }

    private synchronized List<Sleeper> all() {
        return List.copyOf(sleepers);
    }

    private synchronized boolean take(Sleeper sleeper) {
        return sleepers.remove(sleeper);
    }

    synchronized int count() {
        return sleepers.size();
    }

    /** The status of each, the newest first. */
    List<TaskStatus> newest() {
        List<TaskStatus> statuses = new ArrayList<>();
        for (Sleeper sleeper : all()) {
            statuses.add(sleeper.status());
        }
        Collections.reverse(statuses);
        return statuses;
    }

    Optional<TaskStatus> find(TaskId id) {
        return sleeper(id).map(Sleeper::status);
    }

    /** Has a task end as soon as it can go on; false if there is no such task. */
    boolean cancel(TaskId id) {
        Optional<Sleeper> found = sleeper(id);
        found.ifPresent(sleeper -> sleeper.cancelled = true);
        return found.isPresent();
    }

    private Optional<Sleeper> sleeper(TaskId id) {
        return all().stream().filter(sleeper -> sleeper.task.id().equals(id)).findFirst();
    }

    private static final class Sleeper {
        private final UnfinishedTask task;
        private final List<Lease> leases;
        private volatile boolean cancelled;
        private volatile String because;

        Sleeper(UnfinishedTask task, List<Lease> leases) {
            this.task = task;
            this.leases = leases;
            String operation = task.operation();
            because = operation.substring(0, Math.max(0, operation.indexOf('.')))
                    + ": no provider installed; the task goes on when there is one";
        }

        TaskStatus status() {
            int steps = task.phases().size();
            int step = Math.max(0, Math.min(steps, task.step() + 1));
            return new TaskStatus(
                    task.id(),
                    task.operation(),
                    TaskState.PARKED,
                    task.by(),
                    task.startedAt(),
                    null,
                    step,
                    steps,
                    "",
                    steps == 0 ? 0 : (double) Math.max(0, task.step()) / steps,
                    (cancelled ? "to be cancelled; " : "") + because,
                    null);
        }
    }
}
