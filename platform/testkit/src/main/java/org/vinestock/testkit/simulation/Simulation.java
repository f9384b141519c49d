package org.vinestock.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Area;
import org.vinestock.area.Platform;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.act.MemoryTaskStore;
import org.vinestock.kernel.act.TaskEngine;
import org.vinestock.kernel.decide.DecisionKernel;
import org.vinestock.kernel.json.ParameterCheck;
import org.vinestock.kernel.plugin.LaneWorker;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.kernel.site.ControlPlane;
import org.vinestock.kernel.strategies.StateLog;
import org.vinestock.kernel.turn.DecisionLimits;
import org.vinestock.operation.OperationType;
import org.vinestock.store.memory.MemoryInventories;
import org.vinestock.task.Request;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskStatus;
import org.vinestock.testkit.DelayedInventory;
import org.vinestock.time.Scheduler;

/**
 * A whole control plane in simulated time, built in some milliseconds. Nothing happens but within {@link #run}, {@link
 * #await} and {@link #ended}; a task of any lane that throws, and an invariant that does not hold, end them with an
 * {@code AssertionError} that says when.
 *
 * <pre>{@code
 * Simulation site = Simulation.under(seed).area(new MachinesArea()).area(new LabArea()).build();
 * site.started(LabOperations.BUILD, parameters);
 * site.run(Duration.ofMinutes(5));
 * }</pre>
 *
 * <p>One thread: it is the site's only one.
 */
public final class Simulation {
    /** Simulated time at the beginning, unless the builder says otherwise. */
    public static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private static final ParameterCheck CHECK = new ParameterCheck();
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final long TOO_MANY_EVENTS = 5_000_000;
    private static final int TASKS_KEPT = 10_000;

    private final long seed;
    private final SimulatedScheduler scheduler;
    private final Inventory inventory;
    private final DecisionKernel decisions;
    private final TaskEngine tasks;
    private final ControlPlane plane;
    private final Trace trace;
    private final List<Invariant> invariants = new ArrayList<>();
    private final List<AssertionError> failures = new ArrayList<>();
    private long events;

    /** What a simulation is made from. */
    public static final class Builder {
        private final long seed;
        private final List<Area> areas = new ArrayList<>();
        private Instant start = START;
        private Function<Scheduler, Inventory> inventory = new MemoryInventories()::memory;

        private Builder(long seed) {
            this.seed = seed;
        }

        /** Adds an area; they are built in this order. */
        public Builder area(Area area) {
            areas.add(area);
            return this;
        }

        /** Sets simulated time at the beginning. */
        public Builder start(Instant instant) {
            start = instant;
            return this;
        }

        /** Takes another inventory than one in memory that is durable at once. */
        public Builder inventory(Function<Scheduler, Inventory> maker) {
            inventory = maker;
            return this;
        }

        /** Lets changes become durable after some time, drawn anew for each batch. */
        public Builder durableWithin(Duration longest) {
            return inventory(scheduler -> {
                RandomGenerator random = scheduler.random("durable");
                return new DelayedInventory(scheduler, () -> Duration.ofNanos(random.nextLong(longest.toNanos() + 1)));
            });
        }

        /** Builds the site and brings in its areas. */
        public Simulation build() {
            return new Simulation(this);
        }
    }

    /** Begins a simulation under a seed. */
    public static Builder under(long seed) {
        return new Builder(seed);
    }

    private Simulation(Builder builder) {
        seed = builder.seed;
        scheduler = new SimulatedScheduler(seed, builder.start, this::failed);
        inventory = builder.inventory.apply(scheduler);
        decisions = new DecisionKernel(
                scheduler,
                inventory,
                (strategy, loader) -> new LaneWorker(scheduler, strategy.shortName(), Duration.ZERO),
                DecisionLimits.DEFAULTS.simulated(),
                StateLog.memory(),
                alarm -> {});
        tasks = new TaskEngine(
                scheduler,
                inventory,
                CHECK,
                clusters -> decisions.freeze().holds(clusters)
                        ? decisions.freeze().refusal().getMessage()
                        : null,
                new MemoryTaskStore(TASKS_KEPT));
        plane = new ControlPlane(scheduler, inventory, decisions, tasks, null, List.of());
        trace = new Trace(this);
        builder.areas.forEach(plane::add);
    }

    private void failed(String lane, Throwable thrown) {
        failures.add(new AssertionError("a task of lane " + lane + " failed: " + thrown, thrown));
    }

    /** The seed. */
    public long seed() {
        return seed;
    }

    /** Its time, lanes and chance. */
    public Scheduler scheduler() {
        return scheduler;
    }

    /** Its state. */
    public Inventory inventory() {
        return inventory;
    }

    /** The newest state. */
    public Snapshot head() {
        return inventory.head();
    }

    /** What its areas are built on. */
    public Platform platform() {
        return plane;
    }

    /** The site itself, to bring in areas and take them out. */
    public ControlPlane plane() {
        return plane;
    }

    /** Its decisions, with strategies, freeze and feed. */
    public DecisionKernel decisions() {
        return decisions;
    }

    /** Its tasks. */
    public TaskEngine tasks() {
        return tasks;
    }

    /** Demands that something holds after every event from now on. */
    public Simulation invariant(Invariant invariant) {
        invariants.add(invariant);
        return this;
    }

    /** How many events were run so far. */
    public long events() {
        return events;
    }

    /** All that happened as text: changes by revision, samples, decisions, each with its time. */
    public String trace() {
        return trace.text();
    }

    /** The last lines of {@link #trace}, to be shown with a failure. */
    public String end() {
        return trace.end();
    }

    /** Lets simulated time pass. */
    public void run(Duration time) {
        Instant until = scheduler.instant().plus(time);
        long limit = events + TOO_MANY_EVENTS;
        while (step(until)) {
            if (events > limit) {
                throw failure("more than " + TOO_MANY_EVENTS + " events in " + time, null);
            }
        }
    }

    /** Runs one event if one is due; otherwise time is {@code until}. */
    private boolean step(Instant until) {
        if (scheduler.run(until, 1) == 0) {
            return false;
        }
        events++;
        trace.event();
        if (!failures.isEmpty()) {
            throw failure(
                    String.valueOf(failures.get(0).getMessage()),
                    failures.get(0).getCause());
        }
        try {
            for (Invariant invariant : invariants) {
                invariant.check(this);
            }
        } catch (AssertionError broken) {
            throw failure(String.valueOf(broken.getMessage()), broken);
        }
        return true;
    }

    private AssertionError failure(String message, @Nullable Throwable cause) {
        return new AssertionError(
                "at " + scheduler.instant() + ", " + head() + ", event " + events + ": " + message + trace.end(),
                cause);
    }

    /**
     * Lets time pass until a stage is complete, at most an hour, and returns what it holds.
     *
     * @throws CompletionException if the stage failed
     */
    public <T> T await(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        Instant until = scheduler.instant().plus(PATIENCE);
        while (!future.isDone() && step(until)) {
            // one event more
        }
        if (!future.isDone()) {
            throw failure("a stage is not complete after " + PATIENCE, null);
        }
        return future.getNow(null);
    }

    /** Starts an operation on behalf of the test. */
    public <P extends Record, R extends Record> TaskId start(OperationType<P, R> type, P parameters) {
        return tasks.start(type, parameters, new Request("test")).id();
    }

    /** Runs an operation and returns what became of the task, whatever that is. */
    public <P extends Record, R extends Record> TaskStatus ended(OperationType<P, R> type, P parameters) {
        TaskId id = start(type, parameters);
        Instant until = scheduler.instant().plus(PATIENCE);
        while (true) {
            TaskStatus status = tasks.find(id).orElseThrow();
            if (status.state().ended()) {
                return status;
            }
            if (!step(until)) {
                throw failure("task " + status + " has not ended after " + PATIENCE, null);
            }
        }
    }
}
