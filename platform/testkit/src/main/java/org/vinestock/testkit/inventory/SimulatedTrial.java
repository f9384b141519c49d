package org.vinestock.testkit.inventory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.vinestock.inventory.Inventory;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.time.Scheduler;

/** Tries an inventory whose work runs in simulated time; work that takes longer than an hour is work that never ends. */
public final class SimulatedTrial implements TriedInventory {
    private static final long TOO_MANY_EVENTS = 1_000_000;

    private final List<String> failures = new ArrayList<>();
    private final SimulatedScheduler scheduler;
    private final Inventory inventory;

    /** Makes an inventory on a scheduler under a seed. */
    public SimulatedTrial(long seed, Function<Scheduler, Inventory> maker) {
        Instant start = Instant.parse("2026-11-01T00:00:00Z");
        scheduler = new SimulatedScheduler(seed, start, (lane, thrown) -> failures.add(lane + ": " + thrown));
        inventory = maker.apply(scheduler);
    }

    @Override
    public Inventory inventory() {
        return inventory;
    }

    @Override
    public Scheduler scheduler() {
        return scheduler;
    }

    @Override
    public void settle() {
        long events = scheduler.run(scheduler.instant().plus(Duration.ofHours(1)), TOO_MANY_EVENTS);
        Demands.that(events < TOO_MANY_EVENTS, "the inventory's work did not end within a million events");
        Demands.same(List.of(), failures, "tasks that failed");
    }

    @Override
    public <T> T await(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        if (!future.isDone()) {
            settle();
        }
        Demands.that(future.isDone(), "a stage is not complete after an hour");
        return future.getNow(null);
    }
}
