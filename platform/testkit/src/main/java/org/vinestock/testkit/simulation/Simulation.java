package org.vinestock.testkit.simulation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Area;
import org.vinestock.area.Platform;
import org.vinestock.audit.AuditRow;
import org.vinestock.decision.StrategyRef;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.journal.Archives;
import org.vinestock.journal.Journal;
import org.vinestock.journal.Line;
import org.vinestock.kernel.act.TaskEngine;
import org.vinestock.kernel.budget.BudgetLimits;
import org.vinestock.kernel.decide.DecisionKernel;
import org.vinestock.kernel.ledger.LedgerRow;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.kernel.site.ControlPlane;
import org.vinestock.kernel.strategies.StateLog;
import org.vinestock.operation.OperationType;
import org.vinestock.task.Request;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskStatus;
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
 * <p>The control plane is a process in a world: {@link #kill} ends it at once, whatever it was doing, and {@link #boot}
 * starts the next one on what had become durable. What lives on the {@link #scheduler} of the world goes on meanwhile.
 *
 * <p>One thread: it is the site's only one.
 */
public final class Simulation {
    /** Simulated time at the beginning, unless the builder says otherwise. */
    public static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final long TOO_MANY_EVENTS = 5_000_000;

    private final long seed;
    private final Builder made;
    private final SimulatedScheduler world;
    private final RandomGenerator deaths;
    private final Trace trace;
    private final LedgerBook book = new LedgerBook();
    private final List<Invariant> invariants = new ArrayList<>();
    private final List<AssertionError> failures = new ArrayList<>();
    private Life life;
    private int processes = 1;
    private List<LedgerRow<?, ?, ?>> newRows = List.of();
    private long events;

    /** What a simulation is made from. */
    public static final class Builder {
        final List<Area> areas = new ArrayList<>();
        final StateLog states = StateLog.memory();
        BiFunction<Inventory, Scheduler, Inventory> inventory = (store, scheduler) -> store;
        UnaryOperator<Journal> journal = UnaryOperator.identity();
        BiFunction<StrategyRef, Scheduler, Supplier<Duration>> answers = (strategy, scheduler) -> () -> Duration.ZERO;
        SimulatedDisk disk = new SimulatedDisk();
        Supplier<BudgetLimits> budgets = () -> BudgetLimits.NONE;
        boolean watchesClock = true;
        int shadows;

        @Nullable
        UnaryOperator<Archives> archives;

        @Nullable
        Function<RandomGenerator, Duration> durable;

        private final long seed;
        private Instant start = START;

        private Builder(long seed) {
            this.seed = seed;
        }

        /** Adds an area; they are built in this order, by each process anew. */
        public Builder area(Area area) {
            areas.add(area);
            return this;
        }

        /** Sets simulated time at the beginning. */
        public Builder start(Instant instant) {
            start = instant;
            return this;
        }

        /** Puts something between the control plane and its inventory. */
        public Builder inventory(BiFunction<Inventory, Scheduler, Inventory> between) {
            inventory = between;
            return this;
        }

        /** Puts something between the control plane and its journal. */
        public Builder journal(UnaryOperator<Journal> between) {
            journal = between;
            return this;
        }

        /** Takes another disk than a sound one. */
        public Builder disk(SimulatedDisk other) {
            disk = other;
            return this;
        }

        /** Keeps decisions on the disk, too. {@code between}: what stands before the archives. */
        public Builder archives(UnaryOperator<Archives> between) {
            archives = between;
            return this;
        }

        /** Bounds how much is done at once and in an hour; asked whenever the control plane starts. */
        public Builder budgets(Supplier<BudgetLimits> limits) {
            budgets = limits;
            return this;
        }

        /** Says whether the control plane watches its clock, as real ones do. */
        public Builder watchesClock(boolean watches) {
            watchesClock = watches;
            return this;
        }

        /** Lets changes become durable after some time, drawn anew for each batch; else they are at once. */
        public Builder durableAfter(Function<RandomGenerator, Duration> delay) {
            durable = delay;
            return this;
        }

        /** Lets changes become durable after some time, drawn anew for each batch. */
        public Builder durableWithin(Duration longest) {
            return durableAfter(random -> Duration.ofNanos(random.nextLong(longest.toNanos() + 1)));
        }

        /** Lets answers of vendors' strategies take time; by the strategy, for each answer anew. */
        public Builder answersAfter(BiFunction<StrategyRef, Scheduler, Supplier<Duration>> times) {
            answers = times;
            return this;
        }

        /** Lets strategies be asked as shadows; so many questions may wait for each. */
        public Builder shadows(int waiting) {
            shadows = waiting;
            return this;
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
        made = builder;
        world = new SimulatedScheduler(seed, builder.start, this::failed);
        deaths = world.random("deaths");
        life = new Life(world, processes, made);
        trace = new Trace(this);
    }

    private void failed(String lane, Throwable thrown) {
        failures.add(new AssertionError("a task of lane " + lane + " failed: " + thrown, thrown));
    }

    /** The seed. */
    public long seed() {
        return seed;
    }

    /** Time, lanes and chance of the world, which outlives the control plane. */
    public Scheduler scheduler() {
        return world;
    }

    /** The control plane's state. */
    public Inventory inventory() {
        return life.inventory;
    }

    /** The newest state. */
    public Snapshot head() {
        return life.inventory.head();
    }

    /** What its areas are built on. */
    public Platform platform() {
        return life.plane;
    }

    /** The site itself, to bring in areas and take them out. */
    public ControlPlane plane() {
        return life.plane;
    }

    /** Its decisions, with strategies, freeze and feed. */
    public DecisionKernel decisions() {
        return life.decisions;
    }

    /** Its tasks. */
    public TaskEngine tasks() {
        return life.tasks;
    }

    /** Brings in an area, now and whenever the control plane starts again. */
    public void add(Area area) {
        made.areas.add(area);
        life.plane.add(area);
    }

    /** Which process the control plane is, from 1. */
    public int processes() {
        return processes;
    }

    /** Whether the control plane runs. */
    public boolean alive() {
        return life.scheduler.alive();
    }

    /** Ends the control plane at once. What was on its way to the disk may have arrived or not; it is all or nothing. */
    public void kill() {
        trace.note("process " + processes + " dies");
        life.die(deaths.nextBoolean());
    }

    /** Starts the control plane anew, on what became durable, with all of its areas. */
    public void boot() {
        processes++;
        book.next();
        life = new Life(world, processes, made);
        trace.begin("process " + processes + " begins");
    }

    /** Steps the clock, forwards or backwards; time passes as before. */
    public void stepClock(Duration by) {
        trace.note("the clock is stepped by " + by);
        world.step(by);
    }

    /** Demands that something holds after every event from now on. */
    public Simulation invariant(Invariant invariant) {
        invariants.add(invariant);
        return this;
    }

    /** What the last event brought into the ledger. */
    public List<LedgerRow<?, ?, ?>> newRows() {
        return newRows;
    }

    /** How many events were run so far. */
    public long events() {
        return events;
    }

    /** All that happened as text: changes by revision, samples, decisions, each with its time. */
    public String trace() {
        return trace.text();
    }

    /** All rows of the ledger as they are now, a line of JSON each. */
    public String ledger() {
        return book.dump();
    }

    /** The rows of the audit that are on the disk. */
    public List<AuditRow> audit() {
        return made.disk.audit();
    }

    /** The lines of an archive that are on the disk, in the order in which they came there. */
    public List<Line> archive(String stream) {
        return List.copyOf(made.disk.archive(stream));
    }

    /** The digest (SHA-256) of {@link #trace} and {@link #ledger}: two runs that differ in a byte differ in it. */
    public String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(trace().getBytes(StandardCharsets.UTF_8));
            digest.update(ledger().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The last lines of {@link #trace}, to be shown with a failure. */
    public String end() {
        return trace.end();
    }

    /** Lets simulated time pass. */
    public void run(Duration time) {
        Instant until = world.instant().plus(time);
        long limit = events + TOO_MANY_EVENTS;
        while (step(until)) {
            if (events > limit) {
                throw failure("more than " + TOO_MANY_EVENTS + " events in " + time, null);
            }
        }
    }

    /** Runs one event if one is due; otherwise time is {@code until}. */
    private boolean step(Instant until) {
        if (world.run(until, 1) == 0) {
            return false;
        }
        events++;
        newRows = book.read(life.decisions.ledger());
        trace.event(newRows);
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
                "at " + world.instant() + ", " + head() + ", event " + events + ": " + message + trace.end(), cause);
    }

    /**
     * Lets time pass until a stage is complete, at most an hour, and returns what it holds.
     *
     * @throws CompletionException if the stage failed
     */
    public <T> T await(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        Instant until = world.instant().plus(PATIENCE);
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
        return tasks().start(type, parameters, new Request("test")).id();
    }

    /** Runs an operation and returns what became of the task, whatever that is. */
    public <P extends Record, R extends Record> TaskStatus ended(OperationType<P, R> type, P parameters) {
        TaskId id = start(type, parameters);
        Instant until = world.instant().plus(PATIENCE);
        while (true) {
            TaskStatus status = tasks().find(id).orElseThrow();
            if (status.state().ended()) {
                return status;
            }
            if (!step(until)) {
                throw failure("task " + status + " has not ended after " + PATIENCE, null);
            }
        }
    }
}
