package org.vinestock.kernel.act;

import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.Plan;
import org.vinestock.task.Request;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskState;
import org.vinestock.task.TaskStatus;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/**
 * A task that has not ended as others see it: how it is and how far, and what they want of it. Any thread; guarded by itself.
 */
final class ShownTask {
    private final TaskId id;
    private final String operation;
    private final Request request;
    private final Instant startedAt;
    private final Plan plan;
    private final Permit permit;
    private final TaskWatchers watchers = new TaskWatchers(this::status);

    private TaskState state = TaskState.QUEUED;
    private boolean cancelled;
    private @Nullable String rejected;
    /** Whether it waits and has begun nothing. */
    private boolean idle;

    private int step;
    private double share;
    private String message = "";
    private @Nullable Instant endedAt;
    private @Nullable Record made;

    ShownTask(TaskId id, String operation, Request request, Instant startedAt, Plan plan, Permit permit) {
        this.id = id;
        this.operation = operation;
        this.request = request;
        this.startedAt = startedAt;
        this.plan = plan;
        this.permit = permit;
    }

    /** Notes that somebody wants it to end; false if it has. */
    synchronized boolean cancel() {
        if (state.ended()) {
            return false;
        }
        cancelled = true;
        return true;
    }

    /**
     * Notes that a person does not want what the machine proposed.
     *
     * @throws IllegalArgumentException if it does not wait for that
     */
    synchronized void reject(String by) {
        requireProposed();
        rejected = "rejected by " + by;
        cancelled = true;
    }

    /**
     * Looks whether it waits for a person.
     *
     * @throws IllegalArgumentException if it does not
     */
    synchronized void requireProposed() {
        if (state != TaskState.PROPOSED) {
            throw new IllegalArgumentException(
                    "id: task " + id + " is " + state + "; accepted: a task that is PROPOSED");
        }
    }

    /** Why it ends before its end. */
    synchronized VinestockException cancellation() {
        return rejected == null
                ? new VinestockException(ActError.CANCELLED, "cancelled")
                : new VinestockException(ActError.REJECTED, rejected);
    }

    /** Ends it if it waits and has begun nothing; from then on nothing else is shown. */
    synchronized boolean givesWay(String why, Instant at) {
        return idle && end(TaskState.CANCELLED, 0, why, at, null);
    }

    synchronized boolean cancelled() {
        return cancelled;
    }

    synchronized TaskState state() {
        return state;
    }

    synchronized boolean waits() {
        return state == TaskState.PARKED || state == TaskState.PROPOSED;
    }

    /**
     * Shows how it is; false if it has ended.
     *
     * @param begunNothing whether no step was begun, so that it could end as if it had never been
     */
    boolean show(TaskState now, int ofStep, double ofShare, String text, boolean begunNothing) {
        synchronized (this) {
            if (state.ended()) {
                return false;
            }
            state = now;
            idle = waits() && begunNothing;
            step = ofStep;
            share = ofShare;
            message = text;
        }
        tell();
        return true;
    }

    /** Shows how it ended, to those who ask; {@link #tell} tells the others. False if it had ended before. */
    synchronized boolean end(TaskState as, int last, String text, Instant at, @Nullable Record result) {
        if (state.ended()) {
            return false;
        }
        state = as;
        idle = false;
        step = last;
        share = as == TaskState.DONE ? 1 : 0;
        message = text;
        endedAt = at;
        made = result;
        return true;
    }

    /** Shows how far a step is, unless it is no longer under way. */
    void progress(int ofStep, double ofShare, String text) {
        synchronized (this) {
            if (ofStep != step || (state != TaskState.RUNNING && state != TaskState.UNDOING)) {
                return;
            }
            share = Math.max(0, Math.min(1, ofShare));
            message = text;
        }
        tell();
    }

    synchronized TaskStatus status() {
        int steps = plan.steps().size();
        boolean hasStep = state != TaskState.QUEUED && step < steps;
        String waitsFor = state == TaskState.PARKED ? permit.waitsFor() : null;
        double whole = state == TaskState.DONE ? 1 : steps == 0 ? 0 : Math.min(1, (step + share) / steps);
        return new TaskStatus(
                id,
                operation,
                state,
                request.by(),
                startedAt,
                endedAt,
                hasStep ? step + 1 : 0,
                steps,
                hasStep ? plan.steps().get(step).title() : "",
                whole,
                waitsFor == null ? message : waitsFor,
                made);
    }

    /** Tells those who watch. */
    void tell() {
        watchers.tell();
    }

    Cancellable watch(Lane lane, Consumer<TaskStatus> listener) {
        return watchers.add(lane, listener);
    }
}
