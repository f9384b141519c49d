package org.vinestock.testkit.simulation;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Inventory;
import org.vinestock.journal.Journal;
import org.vinestock.journal.Keeping;
import org.vinestock.kernel.act.Counters;
import org.vinestock.kernel.act.JournalTaskStore;
import org.vinestock.kernel.act.Restraints;
import org.vinestock.kernel.act.TaskEngine;
import org.vinestock.kernel.budget.Budgets;
import org.vinestock.kernel.decide.DecisionKernel;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.kernel.json.ParameterCheck;
import org.vinestock.kernel.ledger.LedgerArchive;
import org.vinestock.kernel.permit.Modes;
import org.vinestock.kernel.plugin.LaneWorker;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.kernel.site.ControlPlane;
import org.vinestock.kernel.strategies.JournalStates;
import org.vinestock.kernel.strategies.Keeper;
import org.vinestock.kernel.strategies.Kept;
import org.vinestock.kernel.turn.DecisionLimits;

/** One process of a simulated control plane, put together like the container's: all that is gone when it dies. */
final class Life {
    private static final ParameterCheck CHECK = new ParameterCheck();
    private static final JsonCodec CODEC = new JsonCodec();
    private static final Keeping ALL = new Keeping(Duration.ofDays(14), Long.MAX_VALUE);
    private static final int TASKS_KEPT = 10_000;
    private static final long DECISION_BLOCK = 10_000;

    final ProcessScheduler scheduler;
    final Inventory inventory;
    final DecisionKernel decisions;
    final TaskEngine tasks;
    final ControlPlane plane;
    private final SimulatedStore store;

    /** Starts one, without areas. {@code number}: from 1. */
    Life(SimulatedScheduler world, int number, Simulation.Builder made) {
        scheduler = new ProcessScheduler(world, number);
        store = new SimulatedStore(scheduler, made.disk, delay(made));
        inventory = made.inventory.apply(store, scheduler);
        Journal journal = made.journal.apply(store.journal());
        JournalStates states = new JournalStates(journal, CODEC);
        List<Kept> kept = states.read(made.disk.lines(JournalStates.STREAM));
        Keeper keeper = new Keeper(made.states, states, kept, scheduler);
        Counters counters = Counters.in(journal, made.disk.lines(Counters.STREAM));
        decisions = new DecisionKernel(
                scheduler,
                inventory,
                (strategy, loader) ->
                        new LaneWorker(scheduler, strategy.shortName(), made.answers.apply(strategy, scheduler)),
                DecisionLimits.DEFAULTS.simulated().shadows(made.shadows),
                keeper,
                alarm -> {},
                counters.numbers("decision", 1, DECISION_BLOCK),
                archive(made));
        tasks = new TaskEngine(
                scheduler,
                inventory,
                CHECK,
                new Restraints(
                        clusters -> decisions.freeze().holds(clusters)
                                ? decisions.freeze().refusal().getMessage()
                                : null,
                        new Budgets(scheduler, made.budgets.get(), keeper),
                        new Modes(keeper)),
                new JournalTaskStore(journal, CODEC, TASKS_KEPT, made.disk.lines(JournalTaskStore.TASKS)),
                counters);
        plane = new ControlPlane(scheduler, inventory, decisions, tasks, null, List.of());
        made.areas.forEach(plane::add);
        if (made.watchesClock) {
            plane.watchClock();
        }
    }

    private @Nullable LedgerArchive archive(Simulation.Builder made) {
        return made.archives == null
                ? null
                : new LedgerArchive(
                        made.archives.apply(new SimulatedArchives(scheduler, made.disk)),
                        ALL,
                        scheduler.lane("archive"));
    }

    private @Nullable Supplier<Duration> delay(Simulation.Builder made) {
        Function<RandomGenerator, Duration> durable = made.durable;
        if (durable == null) {
            return null;
        }
        RandomGenerator random = scheduler.random("durable");
        return () -> durable.apply(random);
    }

    /** Dies. {@code arrived}: whether what was on its way to the disk is there. */
    void die(boolean arrived) {
        scheduler.die();
        store.die(arrived);
    }
}
