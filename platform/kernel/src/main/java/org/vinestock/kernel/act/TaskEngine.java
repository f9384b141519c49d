package org.vinestock.kernel.act;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Parts;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.json.ParameterCheck;
import org.vinestock.model.Lease;
import org.vinestock.model.ObjectId;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.task.Operations;
import org.vinestock.task.PlannedStep;
import org.vinestock.task.Request;
import org.vinestock.task.Task;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskState;
import org.vinestock.task.TaskStatus;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * Runs operations as tasks. A task plans and claims its objects on the caller's thread; its steps run one after the
 * other on a lane of its own. See {@link RunningTask} for the states.
 *
 * <p><b>Calls.</b> From any thread, never blocks.
 */
public final class TaskEngine implements Operations {
    private static final String PREFIX = "t-";
    private static final int KEYS_KEPT = 10_000;
    private static final int PLANS_TRIED = 5;
    private static final long TASK_BLOCK = 100;

    private final Scheduler scheduler;
    private final Inventory inventory;
    private final ParameterCheck check;
    private final Restraints restraints;
    private final TaskStore store;
    private final Catalogue catalogue = new Catalogue();
    private final Claims claims;
    private final Counters counters;
    private final NumberedIds ids;
    private final IdempotencyKeys keys = new IdempotencyKeys(KEYS_KEPT);
    /** Grows when parked tasks might go on, so that one that is about to park sees that it need not. */
    private final AtomicLong turns = new AtomicLong();

    private final ConcurrentNavigableMap<Long, RunningTask<?, ?>> running = new ConcurrentSkipListMap<>();
    private final SleepingTasks sleeping;

    /** Makes an engine without operations. What an earlier process left undone sleeps until its area comes. */
    public TaskEngine(
            Scheduler scheduler, Inventory inventory, ParameterCheck check, FreezeCheck freeze, TaskStore store) {
        this(scheduler, inventory, check, Restraints.of(freeze, scheduler), store, Counters.inMemory(), null);
    }

    /** Makes an engine that only a freeze keeps from acting, and whose numbers come from {@code counters}. */
    public TaskEngine(
            Scheduler scheduler,
            Inventory inventory,
            ParameterCheck check,
            FreezeCheck freeze,
            TaskStore store,
            Counters counters) {
        this(scheduler, inventory, check, Restraints.of(freeze, scheduler), store, counters, null);
    }

    /** Makes an engine whose numbers come from {@code counters}. */
    public TaskEngine(
            Scheduler scheduler,
            Inventory inventory,
            ParameterCheck check,
            Restraints restraints,
            TaskStore store,
            Counters counters) {
        this(scheduler, inventory, check, restraints, store, counters, null);
    }

    TaskEngine(
            Scheduler scheduler,
            Inventory inventory,
            ParameterCheck check,
            Restraints restraints,
            TaskStore store,
            Counters counters,
            @Nullable Claims claims) {
        this.counters = counters;
        ids = new NumberedIds(counters);
        this.claims = claims == null ? new Claims(counters) : claims;
        this.scheduler = scheduler;
        this.inventory = inventory;
        this.check = check;
        this.restraints = restraints;
        this.store = store;
        sleeping = new SleepingTasks(this.claims, store.begin(catalogue));
        restraints.modes().onSet(this::retryParked);
    }

    /** What keeps its tasks from acting. */
    public Restraints restraints() {
        return restraints;
    }

    /**
     * Adds operations and step handlers, all or none; tasks that waited for them go on.
     *
     * @throws IllegalArgumentException if a name is taken
     */
    public void add(Parts parts) {
        catalogue.add(parts);
        sleeping.wake(this);
        retryParked();
    }

    /** Removes operations and step handlers. Steps that are under way end as they will; then their tasks park. */
    public void remove(Parts parts) {
        catalogue.remove(parts);
    }

    /** Lets parked tasks look again whether they can go on: to be called when a freeze ends. */
    public void retryParked() {
        turns.incrementAndGet();
        for (RunningTask<?, ?> task : running.values()) {
            task.retry();
        }
    }

    @Override
    public List<OperationType<?, ?>> types() {
        return catalogue.types();
    }

    @Override
    public <P extends Record, R extends Record> Task<R> start(OperationType<P, R> type, P parameters, Request request) {
        return request.idempotencyKey() == null
                ? startNew(type, parameters, request)
                : keys.once(
                        type,
                        parameters,
                        request,
                        () -> store.requestedBefore(type, parameters, request)
                                .map(id -> known(type, id))
                                .orElseGet(() -> startNew(type, parameters, request)));
    }

    /** A task of an earlier process, whether it ended or goes on. */
    private <R extends Record> Task<R> known(OperationType<?, R> type, TaskId id) {
        CompletableFuture<R> result = new CompletableFuture<>();
        var unused = watch(id, scheduler.lane(id.value()), status -> {
            if (status.state() == TaskState.DONE && status.result() != null) {
                result.complete(type.result().cast(status.result()));
            } else if (status.state().ended()) {
                result.completeExceptionally(new VinestockException(ActError.CANCELLED, status.message()));
            }
        });
        return new Task<>(id, result.minimalCompletionStage());
    }

    private <P extends Record, R extends Record> Task<R> startNew(
            OperationType<P, R> type, P parameters, Request request) {
        Operation<P, R> operation = catalogue.operation(type);
        check.check(parameters);
        long number = counters.next("task", 1, TASK_BLOCK);
        TaskId id = new TaskId(PREFIX + number);
        for (int i = 1; ; i++) {
            Snapshot head = inventory.head();
            Plan plan = plan(operation, parameters, head);
            List<String> clusters = guarded(operation, () -> operation.clusters(parameters, plan, head));
            String because = frozen(plan, request, clusters);
            if (because != null) {
                throw new VinestockException(ActError.FROZEN, because);
            }
            Permit permit = permit(operation, parameters, plan, clusters, request);
            makeWay(plan.claims(), id, request);
            List<Lease> leases = claims.take(plan.claims(), id.value());
            ObjectId changed = changedSince(head, plan.claims());
            if (changed == null) {
                RunningTask<P, R> task = new RunningTask<>(
                        this,
                        number,
                        id,
                        operation,
                        parameters,
                        plan,
                        clusters,
                        request,
                        leases,
                        permit,
                        scheduler.instant());
                running.put(number, task);
                task.begin();
                return new Task<>(id, task.result(), task.accepted());
            }
            claims.release(leases);
            if (i == PLANS_TRIED) {
                throw new VinestockException(
                        ActError.CLAIMED,
                        changed.kind() + " " + changed.value() + " changed each of " + PLANS_TRIED + " times while "
                                + type.name() + " was planned; try again");
            }
        }
    }

    /** What people and tenants want goes before what a controller only waits to do. */
    private void makeWay(List<ObjectId> objects, TaskId id, Request request) {
        if (request.function() != null) {
            return;
        }
        for (ObjectId object : objects) {
            Lease held = claims.holder(object);
            RunningTask<?, ?> holder = held == null ? null : runningTask(new TaskId(held.holder()));
            if (holder != null) {
                holder.givesWay(id);
            }
        }
    }

    private <P extends Record> Permit permit(
            Operation<P, ?> operation, P parameters, Plan plan, List<String> clusters, Request request) {
        var expense = guarded(operation, () -> operation.expense(parameters, plan, inventory.head()));
        return new Permit(restraints, expense, clusters, request);
    }

    /** Why a plan would not be made again as it was proposed; null if it would. */
    <P extends Record> @Nullable RuntimeException changedSince(Operation<P, ?> operation, P parameters, Plan proposed) {
        try {
            Plan now = plan(operation, parameters, inventory.head());
            return same(now, proposed)
                    ? null
                    : new VinestockException(
                            ActError.CANCELLED, "no longer what was proposed, by now it would " + Permit.titles(now));
        } catch (IllegalArgumentException | VinestockException e) {
            return new VinestockException(ActError.CANCELLED, "no longer what was proposed: " + e.getMessage(), e);
        }
    }

    /** Claims of a task of an earlier process are names without a type of their own. */
    private static boolean same(Plan one, Plan other) {
        int claims = one.claims().size();
        boolean same = claims == other.claims().size() && one.steps().equals(other.steps());
        for (int i = 0; same && i < claims; i++) {
            same = Failures.same(one.claims().get(i), other.claims().get(i));
        }
        return same;
    }

    private <P extends Record> Plan plan(Operation<P, ?> operation, P parameters, Snapshot head) {
        return guarded(operation, () -> operation.plan(parameters, ids.planning(head)));
    }

    /** Calls an area's function; what it must not throw becomes a defect. */
    private static <T> T guarded(Operation<?, ?> operation, Supplier<T> call) {
        try {
            return call.get();
        } catch (IllegalArgumentException | VinestockException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw Failures.defect("planning " + operation.type().name(), e);
        }
    }

    /** Why a task may not act now; null if it may. */
    @Nullable
    String frozen(Plan plan, Request request, List<String> clusters) {
        return request.despiteFreeze() || plan.claims().isEmpty()
                ? null
                : restraints.freeze().because(clusters);
    }

    /** Of the objects that are claimed now, one that changed after the plan was made: then the plan may be wrong. */
    private @Nullable ObjectId changedSince(Snapshot planned, List<ObjectId> claimed) {
        Snapshot head = inventory.head();
        long revision = planned.ref().revision();
        if (claimed.isEmpty() || head.ref().revision() == revision) {
            return null;
        }
        Optional<List<Change>> changes = head.changesSince(revision);
        if (changes.isEmpty()) {
            return claimed.get(0);
        }
        for (Change change : changes.get()) {
            for (ObjectId object : claimed) {
                if (Failures.same(change.id(), object)) {
                    return object;
                }
            }
        }
        return null;
    }

    @Override
    public <P extends Record> CompletionStage<List<PlannedStep>> preview(OperationType<P, ?> type, P parameters) {
        Operation<P, ?> operation = catalogue.operation(type);
        check.check(parameters);
        Plan plan = plan(operation, parameters, inventory.head());
        return new DryRun(plan, catalogue, inventory, scheduler.lane("preview " + type.name())).run();
    }

    @Override
    public Optional<TaskStatus> find(TaskId id) {
        RunningTask<?, ?> task = runningTask(id);
        if (task != null) {
            return Optional.of(task.status());
        }
        Optional<TaskStatus> asleep = sleeping.find(id);
        return asleep.isPresent() ? asleep : store.find(id).flatMap(history -> Optional.ofNullable(history.ended()));
    }

    /** What is known of a task's steps. */
    public Optional<TaskHistory> history(TaskId id) {
        return store.find(id);
    }

    /** The tasks that go on, the newest first, then those that ended, the last one first; at most {@code limit}. */
    public List<TaskStatus> newest(int limit) {
        List<TaskStatus> statuses = new ArrayList<>();
        for (RunningTask<?, ?> task : running.descendingMap().values()) {
            if (statuses.size() == limit) {
                return statuses;
            }
            statuses.add(task.status());
        }
        for (TaskStatus status : sleeping.newest()) {
            if (statuses.size() == limit) {
                return statuses;
            }
            statuses.add(status);
        }
        statuses.addAll(store.ended(limit - statuses.size()));
        return statuses;
    }

    /** How many tasks go on. */
    public int count() {
        return running.size() + sleeping.count();
    }

    /** How many objects are leased. */
    public int claimed() {
        return claims.size();
    }

    @Override
    public boolean cancel(TaskId id) {
        RunningTask<?, ?> task = runningTask(id);
        return task != null ? task.cancel() : sleeping.cancel(id);
    }

    /**
     * Lets what the machine proposed be done.
     *
     * @throws IllegalArgumentException if that task does not wait for it
     */
    public void approve(TaskId id) {
        waiting(id).approve();
    }

    /**
     * Ends a task that the machine proposed.
     *
     * @throws IllegalArgumentException if that task does not wait for it
     */
    public void reject(TaskId id, String by) {
        waiting(id).reject(by);
    }

    private RunningTask<?, ?> waiting(TaskId id) {
        RunningTask<?, ?> task = runningTask(id);
        if (task == null) {
            throw new IllegalArgumentException("id: task " + id + " does not wait; accepted: a task that is PROPOSED");
        }
        return task;
    }

    @Override
    public Cancellable watch(TaskId id, Lane lane, Consumer<TaskStatus> listener) {
        RunningTask<?, ?> task = runningTask(id);
        if (task != null) {
            return task.watch(lane, listener);
        }
        find(id).ifPresent(status -> lane.execute(() -> listener.accept(status)));
        return () -> {};
    }

    private @Nullable RunningTask<?, ?> runningTask(TaskId id) {
        return running.get(number(id));
    }

    /** The number in a task's id; 0 if it has none. */
    private static long number(TaskId id) {
        String value = id.value();
        if (value.length() <= PREFIX.length() || value.length() > 20 || !value.startsWith(PREFIX)) {
            return 0;
        }
        try {
            return Long.parseLong(value.substring(PREFIX.length()));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Goes on with a task of an earlier process. */
    void resume(UnfinishedTask left, TaskEvent.Accepted accepted, List<Lease> leases, boolean cancelled) {
        resume(catalogue.operation(accepted.operation()), left, accepted, leases, cancelled);
    }

    private <P extends Record, R extends Record> void resume(
            Operation<P, R> operation,
            UnfinishedTask left,
            TaskEvent.Accepted accepted,
            List<Lease> leases,
            boolean cancelled) {
        P parameters = operation.type().parameters().cast(accepted.parameters());
        Plan plan = accepted.plan();
        List<String> clusters = guarded(operation, () -> operation.clusters(parameters, plan, inventory.head()));
        RunningTask<P, R> task = new RunningTask<>(
                this,
                number(left.id()),
                left.id(),
                operation,
                parameters,
                plan,
                clusters,
                accepted.request(),
                leases,
                permit(operation, parameters, plan, clusters, accepted.request()),
                left.startedAt());
        running.put(task.number(), task);
        task.resume(left, cancelled);
    }

    long turn() {
        return turns.get();
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Inventory inventory() {
        return inventory;
    }

    Catalogue catalogue() {
        return catalogue;
    }

    TaskStore store() {
        return store;
    }

    Claims claims() {
        return claims;
    }

    /** Lets go of a task that ended and of what it held. */
    void ended(RunningTask<?, ?> task, List<Lease> leases) {
        claims.release(leases);
        running.remove(task.number());
    }
}
