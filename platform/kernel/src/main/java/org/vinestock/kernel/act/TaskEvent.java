package org.vinestock.kernel.act;

import java.time.Instant;
import java.util.List;
import org.vinestock.model.Lease;
import org.vinestock.operation.Plan;
import org.vinestock.task.Request;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskStatus;

/** What must be recorded of a task, so that it could be taken up again after a crash. Steps are numbered from 0. */
public sealed interface TaskEvent {
    /** The task. */
    TaskId task();

    /** When. */
    Instant at();

    /** It was planned and holds its objects. */
    record Accepted(
            TaskId task,
            Instant at,
            String operation,
            Record parameters,
            Plan plan,
            Request request,
            List<Lease> leases)
            implements TaskEvent {}

    /** A later process goes on with it, under new leases. */
    record Resumed(TaskId task, Instant at, List<Lease> leases) implements TaskEvent {}

    /** A step is about to be carried out: recorded before. */
    record Applying(TaskId task, Instant at, int step) implements TaskEvent {}

    /** A step was carried out. */
    record Applied(TaskId task, Instant at, int step) implements TaskEvent {}

    /** A step is about to be taken back: recorded before. */
    record Undoing(TaskId task, Instant at, int step) implements TaskEvent {}

    /** A step was taken back, or could not be, as the task's message says then. */
    record Undone(TaskId task, Instant at, int step) implements TaskEvent {}

    /** Nothing more will happen. */
    record Ended(TaskId task, Instant at, TaskStatus status) implements TaskEvent {}
}
