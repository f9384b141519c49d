package org.vinestock.kernel.act;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Parts;
import org.vinestock.inventory.Inventory;
import org.vinestock.kernel.json.ParameterCheck;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.store.memory.MemoryInventories;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskStatus;

/** An engine in simulated time, with boxes. */
final class Room {
    static final Instant START = Instant.parse("2026-11-20T14:00:00Z");
    private static final ParameterCheck CHECK = new ParameterCheck();

    final List<String> laneFailures = new ArrayList<>();
    final SimulatedScheduler scheduler;
    final Inventory inventory;
    final TaskStore store;
    final TaskEngine engine;
    final Boxes boxes;
    final Parts steps;

    @Nullable
    String frozen;

    Room(long seed) {
        this(seed, new Claims(), 10_000);
    }

    Room(long seed, Claims claims, int keptEnded) {
        scheduler = new SimulatedScheduler(seed, START, (lane, thrown) -> laneFailures.add(lane + ": " + thrown));
        inventory = new MemoryInventories().memory(scheduler);
        store = new MemoryTaskStore(keptEnded);
        engine = new TaskEngine(scheduler, inventory, CHECK, restraints(), store, Counters.inMemory(), claims);
        boxes = new Boxes(scheduler, inventory);
        engine.add(boxes.operations());
        steps = boxes.steps();
        engine.add(steps);
    }

    /** What a process finds. */
    record Kept(TaskStore tasks, Counters counters) {}

    /** The room of a later process, with the boxes as the earlier one left them. */
    Room(long seed, Room before, Function<SimulatedScheduler, Kept> stores) {
        this(seed, before.inventory, stores, before);
    }

    /** A room whose tasks are kept elsewhere. */
    Room(long seed, Function<SimulatedScheduler, Kept> stores) {
        this(seed, null, stores, null);
    }

    private Room(
            long seed, @Nullable Inventory known, Function<SimulatedScheduler, Kept> stores, @Nullable Room before) {
        scheduler = new SimulatedScheduler(seed, START, (lane, thrown) -> laneFailures.add(lane + ": " + thrown));
        inventory = known == null ? new MemoryInventories().memory(scheduler) : known;
        Kept kept = stores.apply(scheduler);
        store = kept.tasks();
        engine = new TaskEngine(scheduler, inventory, CHECK, restraints(), store, kept.counters());
        boxes = before == null ? new Boxes(scheduler, inventory) : before.boxes.heir(scheduler);
        steps = boxes.steps();
    }

    private Restraints restraints() {
        return Restraints.of(clusters -> frozen, scheduler);
    }

    /** Runs everything that is due within an hour of simulated time. */
    void run() {
        run(Duration.ofHours(1));
    }

    void run(Duration time) {
        long events = scheduler.run(scheduler.instant().plus(time), 10_000_000);
        if (events == 10_000_000) {
            throw new AssertionError("it does not come to rest");
        }
        if (!laneFailures.isEmpty()) {
            throw new AssertionError(laneFailures.toString());
        }
    }

    TaskStatus status(TaskId id) {
        return engine.find(id).orElseThrow(() -> new AssertionError(id + " is unknown"));
    }

    /** How a stage ended: its value, or its exception. */
    static Object outcome(CompletionStage<?> stage) {
        var future = stage.toCompletableFuture();
        if (!future.isDone()) {
            throw new AssertionError("not complete");
        }
        try {
            return future.join();
        } catch (CompletionException e) {
            return e.getCause();
        }
    }
}
