package org.vinestock.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;
import org.vinestock.decision.StrategyRef;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.act.FreezeCheck;
import org.vinestock.kernel.act.MemoryTaskStore;
import org.vinestock.kernel.act.TaskEngine;
import org.vinestock.kernel.decide.DecisionKernel;
import org.vinestock.kernel.json.ParameterCheck;
import org.vinestock.kernel.plugin.LaneWorker;
import org.vinestock.kernel.plugin.StrategyOffer;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.kernel.site.ControlPlane;
import org.vinestock.kernel.site.TwinMaker;
import org.vinestock.kernel.site.TwinThreads;
import org.vinestock.kernel.strategies.StateLog;
import org.vinestock.kernel.turn.DecisionLimits;
import org.vinestock.machines.provider.MachinesArea;
import org.vinestock.operation.OperationType;
import org.vinestock.placement.PlacementStrategy;
import org.vinestock.placement.Placements;
import org.vinestock.placement.provider.PlacementArea;
import org.vinestock.report.Report;
import org.vinestock.report.ReportId;
import org.vinestock.report.Reports;
import org.vinestock.store.memory.MemoryInventories;
import org.vinestock.task.Request;
import org.vinestock.task.Task;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** A whole site in simulated time with machines, placement and the lab, and with twins beside it. */
public final class PlayedSite implements AutoCloseable {
    public static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private static final Request ME = new Request("me");
    private static final ParameterCheck CHECK = new ParameterCheck();

    public final SimulatedScheduler scheduler;
    public final Inventory inventory;
    public final DecisionKernel decisions;
    public final TaskEngine tasks;
    public final ControlPlane plane;
    public final LabArea lab = new LabArea();
    private final TwinThreads twins;
    private final List<AssertionError> failures = new ArrayList<>();

    /** The reports that were kept. */
    public final List<Report> reports = new ArrayList<>();

    public PlayedSite(long seed) {
        this(seed, null);
    }

    /** A later process, which finds what an earlier one kept; null = nothing. */
    public PlayedSite(long seed, @Nullable Inventory kept) {
        this(seed, kept, Duration.ofSeconds(10));
    }

    /** With how long a call into a strategy may take in a twin. */
    public PlayedSite(long seed, @Nullable Inventory kept, Duration patience) {
        twins = new TwinThreads(patience);
        scheduler = new SimulatedScheduler(
                seed, START, (name, thrown) -> failures.add(new AssertionError("lane " + name, thrown)));
        MemoryInventories inventories = new MemoryInventories();
        inventory = kept == null ? inventories.memory(scheduler) : kept;
        decisions = new DecisionKernel(
                scheduler,
                inventory,
                (strategy, loader) -> new LaneWorker(scheduler, strategy.shortName(), Duration.ZERO),
                DecisionLimits.DEFAULTS.simulated(),
                StateLog.memory(),
                alarm -> {});
        tasks = new TaskEngine(scheduler, inventory, CHECK, FreezeCheck.NEVER, new MemoryTaskStore(1_000));
        plane = new ControlPlane(
                scheduler, inventory, decisions, tasks, new TwinMaker(inventories, CHECK, twins), List.of(shelf()));
        plane.add(new MachinesArea());
        plane.add(new PlacementArea());
        plane.add(lab);
        pass(Duration.ofMillis(1));
    }

    private Parts shelf() {
        Reports shelf = new Reports() {
            @Override
            public CompletionStage<Report> keep(Report report) {
                reports.add(report);
                return CompletableFuture.completedStage(report);
            }

            @Override
            public String page(ReportId id) {
                return "/" + id;
            }
        };
        return new Parts(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(shelf), () -> {});
    }

    /** Lets a vendor's strategy of placement arrive. */
    public StrategyRef vendor(String name, Supplier<PlacementStrategy> fresh) {
        StrategyRef ref = new StrategyRef(Placements.PLACE.name(), name, "1.0", "0123456789ab");
        decisions
                .roster()
                .arrive(new StrategyOffer(ref, fresh, gone -> {}, getClass().getClassLoader()), null, false);
        return ref;
    }

    public Platform platform() {
        return plane;
    }

    public Snapshot head() {
        return inventory.head();
    }

    /** Lets simulated time pass. */
    public void pass(Duration time) {
        events(scheduler.instant().plus(time), 100_000_000);
    }

    /** Runs some events. */
    public long events(Instant until, long most) {
        long ran = scheduler.run(until, most);
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
        return ran;
    }

    public <P extends Record, R extends Record> Task<R> start(OperationType<P, R> type, P parameters) {
        return plane.operations().start(type, parameters, ME);
    }

    /** Runs an operation that ends within a moment. */
    public <P extends Record, R extends Record> R done(OperationType<P, R> type, P parameters) {
        return done(type, parameters, ME);
    }

    /** Runs it in somebody's name. */
    public <P extends Record, R extends Record> R done(OperationType<P, R> type, P parameters, Request request) {
        Task<R> task = plane.operations().start(type, parameters, request);
        pass(Duration.ofMillis(50));
        return task.result().toCompletableFuture().getNow(null);
    }

    /** The rows of a view without parameters. */
    @SuppressWarnings("unchecked")
    public <R extends Record> List<R> rows(String name, Class<R> type) {
        View<Record, R> view = (View<Record, R>) plane.all().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
        return view.read(null, inventory.head(), new PageRequest("", 100))
                .toCompletableFuture()
                .getNow(null)
                .rows();
    }

    @Override
    public void close() {
        plane.close();
        twins.close();
    }
}
