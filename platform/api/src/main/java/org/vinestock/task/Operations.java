package org.vinestock.task;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;
import org.vinestock.operation.OperationType;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/**
 * Runs operations as tasks.
 *
 * <p><b>Calls.</b> From any thread, never blocks. {@link #start} and {@link #preview} check the parameters and plan
 * before they return.
 *
 * <p><b>Failure.</b> {@code IllegalArgumentException} for parameters that are not accepted, naming field and what is;
 * {@code VinestockException} with {@code CLAIMED} (naming the task that holds the object), {@code FROZEN} or {@code
 * NO_PROVIDER}.
 */
@ProviderType
public interface Operations {
    /** The operations that are there now, by name. */
    List<OperationType<?, ?>> types();

    /** Starts a task. */
    <P extends Record, R extends Record> Task<R> start(OperationType<P, R> type, P parameters, Request request);

    /** Plans without doing anything, and asks each step what it would do. */
    <P extends Record> CompletionStage<List<PlannedStep>> preview(OperationType<P, ?> type, P parameters);

    /** Returns a task's status; empty if it is unknown or no longer kept. */
    Optional<TaskStatus> find(TaskId id);

    /** Asks a task to end: its current step is told, what was done is undone. False if it has ended or is unknown. */
    boolean cancel(TaskId id);

    /** Tells {@code listener} the task's status now and whenever it changes, on {@code lane}; changes may be skipped. */
    Cancellable watch(TaskId id, Lane lane, Consumer<TaskStatus> listener);
}
