package org.vinestock.kernel.act;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vinestock.model.Lease;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.Operation;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Step;
import org.vinestock.operation.StepHandler;
import org.vinestock.task.Request;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskState;
import org.vinestock.task.TaskStatus;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/**
 * A task that has not ended.
 *
 * <pre>
 * QUEUED -> [PROPOSED ->] RUNNING (step after step) -> DONE
 *              |  failed, or cancelled
 *              v
 *           UNDOING (the steps begun, in reverse) -> FAILED or CANCELLED
 * RUNNING, UNDOING <-> PARKED: before a step, or when a step says that acting is frozen or that there is no room in a
 *                              budget; before the first one also while that is so
 * QUEUED -> OBSERVED: the machine is to record only what it would do
 * </pre>
 *
 * <p>Owned by its lane, save what may be called by any thread; what others see of it is {@link ShownTask}.
 */
final class RunningTask<P extends Record, R extends Record> {
    private static final Duration PROVIDER_LOOKED_FOR = Duration.ofSeconds(2);

    private final TaskEngine engine;
    private final long number;
    private final TaskId id;
    private final Operation<P, R> operation;
    private final P parameters;
    private final Plan plan;
    private final List<String> clusters;
    private final Request request;
    private volatile List<Lease> leases;
    private final Permit permit;
    private final Instant startedAt;
    private final Lane lane;
    private final CompletableFuture<R> result = new CompletableFuture<>();
    private final CompletableFuture<Void> accepted = new CompletableFuture<>();
    private final ShownTask shown;
    private final List<String> notUndone = new ArrayList<>();

    /** The step whose turn it is. */
    private int step;
    /** Whether that step was begun, so that it must be undone. */
    private boolean begun;
    /** Whether it is still to be looked how far an earlier process came. */
    private boolean unknown;
    /** Whether it has waited before it began anything, so that its plan may be outdated. */
    private boolean waited;
    /** What the engine's turn was when the current step was looked at. */
    private long turn;
    /** Why the task is being undone; null while it goes forward. */
    private @Nullable RuntimeException failure;

    RunningTask(
            TaskEngine engine,
            long number,
            TaskId id,
            Operation<P, R> operation,
            P parameters,
            Plan plan,
            List<String> clusters,
            Request request,
            List<Lease> leases,
            Permit permit,
            Instant startedAt) {
        this.engine = engine;
        this.number = number;
        this.id = id;
        this.operation = operation;
        this.parameters = parameters;
        this.plan = plan;
        this.clusters = clusters;
        this.request = request;
        this.leases = leases;
        this.permit = permit;
        this.startedAt = startedAt;
        this.lane = engine.scheduler().lane(id.value());
        shown = new ShownTask(id, operation.type().name(), request, startedAt, plan, permit);
    }

    long number() {
        return number;
    }

    CompletionStage<R> result() {
        return result.minimalCompletionStage();
    }

    /** Completes when the task is durable. */
    CompletionStage<?> accepted() {
        return accepted.minimalCompletionStage();
    }

    /** The first step is recorded right behind the task itself, and waits for both. */
    void begin() {
        CompletionStage<?> recorded = engine.store()
                .record(new TaskEvent.Accepted(
                        id, startedAt, operation.type().name(), parameters, plan, request, leases));
        if (recorded == TaskStore.RECORDED) {
            accepted.complete(null);
        } else {
            recorded.whenCompleteAsync(
                    (any, thrown) -> {
                        if (thrown == null) {
                            accepted.complete(null);
                        } else {
                            accepted.completeExceptionally(Failures.of("recording " + id, thrown));
                        }
                    },
                    lane);
        }
        lane.execute(this::go);
    }

    /** Goes on where an earlier process was; {@code toCancel}: somebody asked it to end meanwhile. */
    void resume(UnfinishedTask left, boolean toCancel) {
        step = left.step();
        begun = left.begun();
        unknown = true;
        waited = true;
        if (step != 0 || begun || left.goingBack()) {
            permit.goOn();
        }
        if (left.goingBack()) {
            failure = new VinestockException(ActError.INTERRUPTED, "taken back since before a restart");
        }
        if (toCancel) {
            shown.cancel();
        }
        record(new TaskEvent.Resumed(id, now(), leases), () -> lane.execute(this::go));
    }

    /** Asks the task to end; false if it has. */
    boolean cancel() {
        if (!shown.cancel()) {
            return false;
        }
        retry();
        return true;
    }

    /**
     * Asks the task to end because a person does not want what the machine proposed.
     *
     * @throws IllegalArgumentException if it does not wait for that
     */
    void reject(String by) {
        shown.reject(by);
        retry();
    }

    /**
     * Ends it if it is the machine's, waits for a person or for room in a budget, and has begun nothing: what people want goes
     * before what the machine may do some time. It holds nothing any more then. Any thread.
     */
    boolean givesWay(TaskId to) {
        String why = "gave way to " + to;
        Instant at = now();
        if (!permit.byMachine() || !shown.givesWay(why, at)) {
            return false;
        }
        // Recorded before the task that it gives way to, so that no later process finds two that hold the same.
        var unused = engine.store().record(new TaskEvent.Ended(id, at, status()));
        engine.ended(this, leases);
        lane.execute(() -> permit.end(false));
        shown.tell();
        result.completeExceptionally(new VinestockException(ActError.CANCELLED, why));
        return true;
    }

    /**
     * Lets what was proposed be done.
     *
     * @throws IllegalArgumentException if it does not wait for that
     */
    void approve() {
        shown.requireProposed();
        permit.approve();
        retry();
    }

    /** Lets the task look whether it can go on, if it waits. */
    void retry() {
        if (shown.waits()) {
            lane.execute(() -> {
                if (shown.waits()) {
                    go();
                }
            });
        }
    }

    boolean cancelled() {
        return shown.cancelled();
    }

    boolean despiteFreeze() {
        return request.despiteFreeze();
    }

    String by() {
        return request.by();
    }

    List<Lease> leases() {
        return leases;
    }

    TaskEngine engine() {
        return engine;
    }

    // On the lane from here.

    private void go() {
        if (shown.state().ended()) {
            return; // it gave way
        }
        if (failure == null && cancelled()) {
            undoBecause(shown.cancellation());
        }
        if (failure == null && unknown) {
            show(TaskState.RUNNING, 0, "looks how far it came"); // from now on no retry begins a second look
            turn = engine.turn();
            new LookBack(this, plan, step, begun, lane, this::found, this::parkedBecause).look();
        } else if (failure == null) {
            if (step == 0 && !begun && !permitted()) {
                return;
            }
            if (step == plan.steps().size()) {
                done();
            } else {
                forward();
            }
        } else if (step < 0) {
            end(isCancellation(failure) ? TaskState.CANCELLED : TaskState.FAILED, null, failure);
        } else {
            back();
        }
    }

    /** Whether the first step may begin; if not, the task waits, or ends because it is not what was proposed any more. */
    private boolean permitted() {
        if (permit.observesOnly()) {
            String would = "would " + Permit.titles(plan);
            end(TaskState.OBSERVED, null, new VinestockException(ActError.OBSERVED, would));
            return false;
        }
        boolean proposed = shown.state() == TaskState.PROPOSED;
        String missing = permit.missing(plan, this::retry);
        if (missing == null) {
            boolean outdated = proposed || (waited && permit.byMachine());
            waited = false;
            RuntimeException changed = outdated ? engine.changedSince(operation, parameters, plan) : null;
            if (changed == null) {
                return true;
            }
            undoBecause(changed);
            go();
            return false;
        }
        turn = engine.turn();
        waited = true;
        show(permit.proposed() ? TaskState.PROPOSED : TaskState.PARKED, 0, missing);
        if (cancelled() || turn != engine.turn() || permit.missing(plan, this::retry) == null) {
            retry(); // what it waits for came while it began to wait
        }
        return false;
    }

    /** Waits in line for a budget. */
    private void parkInLine(String because) {
        waited = true;
        show(TaskState.PARKED, 0, because);
        if (turn != engine.turn() || (failure == null && cancelled()) || permit.room(this::retry) == null) {
            retry(); // as above
        }
    }

    /** Spends what the task takes of a budget, in the turn of a decision; see {@link Permit#spend}. */
    @Nullable
    String spend(List<String> where) {
        return permit.spend(where);
    }

    /** Goes on from where the task was found to be; {@code happened}: that step was begun, and has happened. */
    private void found(int where, boolean wasBegun, boolean happened) {
        unknown = false;
        step = where;
        begun = wasBegun;
        StepHandler<?> first = engine.catalogue().handler(plan.steps().get(0).kind());
        if (where == 0 && !happened && first != null && first.onlyCommits()) {
            permit.nothingSpent(); // it would have been with what was reserved
        }
        if (happened) {
            applied(null);
        } else {
            go();
        }
    }

    private void forward() {
        StepHandler<?> handler = handlerUnlessParked();
        if (handler == null) {
            return;
        }
        String noRoom = permit.room(this::retry);
        if (noRoom == null && !handler.onlyCommits()) {
            noRoom = permit.spend(List.of());
        }
        if (noRoom != null) {
            parkInLine(noRoom);
            return;
        }
        if (!show(TaskState.RUNNING, 0, "")) {
            return;
        }
        TaskEvent event = new TaskEvent.Applying(id, now(), step);
        if (handler.onlyCommits()) {
            var unused = engine.store().record(event);
            apply(handler);
        } else {
            record(event, () -> apply(handler));
        }
    }

    private void apply(StepHandler<?> handler) {
        begun = true;
        StepRun run = new StepRun(this, step);
        StepRun.apply(handler, current(), run).whenCompleteAsync((any, thrown) -> applied(thrown), lane);
    }

    private void applied(@Nullable Throwable thrown) {
        if (thrown == null) {
            // Nobody waits for it: the task's next event becomes durable after it, and a later process would look.
            var unused = engine.store().record(new TaskEvent.Applied(id, now(), step));
            begun = false;
            step++;
            go();
            return;
        }
        RuntimeException why = Failures.of(current().title(), thrown);
        StepHandler<?> handler = engine.catalogue().handler(current().kind());
        if (handler != null && handler.onlyCommits() && Failures.isOfTurn(why)) {
            begun = false; // nothing was reserved: when it goes on it begins anew
        }
        if (!cancelled() && parkedBecause(why)) {
            return;
        }
        undoBecause(cancelled() ? shown.cancellation() : why);
        go();
    }

    private static boolean isCancellation(RuntimeException why) {
        return why instanceof VinestockException e && (e.code() == ActError.CANCELLED || e.code() == ActError.REJECTED);
    }

    /** From now on what was asked on the way forward and has not arrived yet comes too late: its epoch is an older one. */
    private void undoBecause(RuntimeException why) {
        failure = why;
        leases = engine.claims().renew(leases);
        if (!begun) {
            step--;
        }
    }

    private void back() {
        StepHandler<?> handler = handlerUnlessParked();
        if (handler == null) {
            return;
        }
        show(TaskState.UNDOING, 0, failure == null ? "" : Failures.message(failure));
        record(new TaskEvent.Undoing(id, now(), step), () -> {
            StepRun run = new StepRun(this, step);
            StepRun.undo(handler, current(), run).whenCompleteAsync((any, thrown) -> undone(thrown), lane);
        });
    }

    private void undone(@Nullable Throwable thrown) {
        if (thrown != null) {
            RuntimeException why = Failures.of("taking back " + current().title(), thrown);
            if (parkedBecause(why)) {
                return;
            }
            notUndone.add(current().title() + " (" + Failures.message(why) + ")");
        }
        var unused = engine.store().record(new TaskEvent.Undone(id, now(), step));
        step--;
        go();
    }

    private void done() {
        R value;
        try {
            value = operation.result(parameters, plan, engine.inventory().head());
        } catch (RuntimeException | LinkageError e) {
            undoBecause(Failures.of("the result of " + operation.type().name(), e));
            go();
            return;
        }
        end(TaskState.DONE, value, null);
    }

    private void end(TaskState as, @Nullable R value, @Nullable RuntimeException why) {
        String text = why == null ? "" : Failures.message(why);
        if (!notUndone.isEmpty()) {
            text += "; not taken back: " + String.join(", ", notUndone);
        }
        int last = Math.max(0, Math.min(plan.steps().size(), step) - (as == TaskState.DONE ? 1 : 0));
        Instant at = now();
        if (!shown.end(as, last, text, at, value)) {
            return; // it gave way
        }
        record(new TaskEvent.Ended(id, at, status()), () -> {
            permit.end(as == TaskState.DONE);
            engine.ended(this, leases);
            shown.tell();
            if (value != null) {
                result.complete(value);
            } else if (why != null) {
                result.completeExceptionally(why);
            }
        });
    }

    /** The handler of the current step; null if the task is parked now. */
    private @Nullable StepHandler<?> handlerUnlessParked() {
        turn = engine.turn();
        Step next = current();
        StepHandler<?> handler = engine.catalogue().handler(next.kind());
        if (handler == null) {
            park(next.kind().substring(0, Math.max(0, next.kind().indexOf('.'))) + ": no provider installed; \""
                    + next.title() + "\" needs a step " + next.kind());
            return null;
        }
        String because = engine.frozen(plan, request, clusters);
        if (because != null) {
            park(because);
            return null;
        }
        return handler;
    }

    /** Parks if a step only has to wait: for a freeze to end, or for whoever provides what it needs, such as a host. */
    private boolean parkedBecause(RuntimeException why) {
        if (Failures.isFrozen(why) && !request.despiteFreeze()) {
            park(Failures.message(why));
            return true;
        }
        if (Failures.isOfBudget(why)) {
            turn = engine.turn();
            parkInLine(Failures.message(why));
            return true;
        }
        if (Failures.isOfAbsent(why)) {
            park(Failures.message(why));
            engine.scheduler().after(PROVIDER_LOOKED_FOR, lane, this::retry);
            return true;
        }
        return false;
    }

    private void park(String because) {
        permit.letGo();
        waited = true;
        show(TaskState.PARKED, 0, because);
        if (turn != engine.turn() || (failure == null && cancelled())) {
            retry(); // what it waits for came while it parked
        }
    }

    /** Records an event and goes on with {@code then}; without a wait if there is nothing to wait for. */
    private void record(TaskEvent event, Runnable then) {
        CompletionStage<?> recorded = engine.store().record(event);
        if (recorded == TaskStore.RECORDED) {
            then.run();
            return;
        }
        recorded.whenCompleteAsync(
                (any, thrown) -> {
                    if (thrown == null) {
                        then.run();
                    } else {
                        park("cannot be recorded: " + Failures.message(Failures.of("recording " + id, thrown)));
                    }
                },
                lane);
    }

    private Step current() {
        return plan.steps().get(step);
    }

    private Instant now() {
        return engine.scheduler().instant();
    }

    /** Shows how it is; false if it gave way, so that nothing more may be done. */
    private boolean show(TaskState state, double share, String message) {
        return shown.show(state, step, share, message, step == 0 && !begun && failure == null);
    }

    // Any thread from here.

    /** Shows how far a step is, unless it is no longer under way. */
    void progress(int ofStep, double share, String text) {
        shown.progress(ofStep, share, text);
    }

    TaskStatus status() {
        return shown.status();
    }

    Cancellable watch(Lane watchersLane, Consumer<TaskStatus> listener) {
        return shown.watch(watchersLane, listener);
    }
}
