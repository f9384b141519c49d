package org.vinestock.kernel.site;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.area.Area;
import org.vinestock.area.Twin;
import org.vinestock.area.TwinSpec;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.StrategyRef;
import org.vinestock.inventory.Inventories;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.act.Counters;
import org.vinestock.kernel.act.MemoryTaskStore;
import org.vinestock.kernel.act.Restraints;
import org.vinestock.kernel.act.TaskEngine;
import org.vinestock.kernel.budget.Budgets;
import org.vinestock.kernel.compare.Tried;
import org.vinestock.kernel.compare.World;
import org.vinestock.kernel.decide.DecisionKernel;
import org.vinestock.kernel.json.ParameterCheck;
import org.vinestock.kernel.permit.Modes;
import org.vinestock.kernel.plugin.LaneWorker;
import org.vinestock.kernel.plugin.StrategyOffer;
import org.vinestock.kernel.schedule.LogTaskFailures;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.kernel.strategies.Standing;
import org.vinestock.kernel.strategies.StateLog;
import org.vinestock.kernel.turn.DecisionLimits;

/**
 * Makes simulated sites beside a live one: with the areas that are installed there, and the state and strategies that the
 * caller wants. They share nothing with the live site but classes. Any thread.
 */
public final class TwinMaker {
    private static final Logger LOG = LoggerFactory.getLogger(TwinMaker.class);
    private static final int TASKS_KEPT = 1_000;

    private final Inventories inventories;
    private final ParameterCheck check;
    private final TwinThreads threads;

    /**
     * Makes one.
     *
     * @param threads where simulated sites run
     */
    public TwinMaker(Inventories inventories, ParameterCheck check, TwinThreads threads) {
        this.inventories = inventories;
        this.check = check;
        this.threads = threads;
    }

    Twin make(ControlPlane live, TwinSpec spec) {
        return new Making(live, spec, new TwinCalls(), null).twin();
    }

    /**
     * Makes a site in which a strategy is measured.
     *
     * @param asked is asked besides, and decides nothing
     */
    World make(ControlPlane live, TwinSpec spec, StrategyRef decides, StrategyRef asked) {
        StrategyOffer besides = offer(live.decisionKernel(), asked)
                .orElseThrow(() -> new IllegalArgumentException(asked + " has left"));
        TwinCalls calls = new TwinCalls();
        Tried tried = new Tried(decides, besides, calls, live.scheduler()::nanoTime);
        Making making = new Making(live, spec, calls, tried);
        return new World(making.twin(), making.decisions.ledger(), tried);
    }

    /** One site being made. */
    private final class Making {
        private final ControlPlane live;
        private final TwinCalls calls;
        private final @Nullable Tried tried;
        private final SimulatedScheduler scheduler;
        private final Inventory inventory;
        private final DecisionKernel decisions;
        private final Map<String, StrategyRef> wanted;

        Making(ControlPlane live, TwinSpec spec, TwinCalls calls, @Nullable Tried tried) {
            this.live = live;
            this.calls = calls;
            this.tried = tried;
            wanted = wanted(live.decisionKernel(), spec);
            scheduler = new SimulatedScheduler(spec.seed(), spec.start(), new LogTaskFailures());
            Snapshot state = spec.state();
            inventory = state == null ? inventories.memory(scheduler) : inventories.memory(scheduler, state);
            decisions = new DecisionKernel(
                    scheduler,
                    inventory,
                    (strategy, loader) ->
                            calls.watch(strategy, new LaneWorker(scheduler, strategy.shortName(), Duration.ZERO)),
                    DecisionLimits.DEFAULTS.simulated(),
                    StateLog.memory(),
                    LOG::debug);
        }

        Twin twin() {
            Restraints restraints = new Restraints(
                    FreezeChecks.of(decisions.freeze()),
                    new Budgets(scheduler, live.restraints().budgets().limits(), null),
                    new Modes(null));
            TaskEngine engine = new TaskEngine(
                    scheduler, inventory, check, restraints, new MemoryTaskStore(TASKS_KEPT), Counters.inMemory());
            ControlPlane plane = new ControlPlane(scheduler, inventory, decisions, engine, null, List.of());
            for (InstalledArea area : live.areas().installed().values()) {
                Area provided = area.area();
                Area own = tried == null ? provided : tried.watching(provided);
                plane.add(new Provider(own, live.areas().nameOf(provided), ""));
            }
            wanted.values().forEach(this::put);
            return new SimulatedTwin(plane, scheduler, calls, threads);
        }

        private void put(StrategyRef strategy) {
            StrategyOffer vendors = offer(live.decisionKernel(), strategy).orElse(null);
            if (vendors != null && vendors.loader() != null) {
                decisions.roster().arrive(measured(vendors), null, false);
            }
            if (!decisions.active(strategy.point()).equals(Optional.of(strategy))) {
                // It acts at once; the stage is about writing it down, which a twin does not.
                decisions.roster().promote(strategy.point(), strategy.shortName() + "#" + strategy.digest(), "twin");
            }
        }

        private StrategyOffer measured(StrategyOffer vendors) {
            Tried by = tried;
            if (by == null || !by.decides().equals(vendors.ref())) {
                return vendors;
            }
            DecisionPoint<?, ?, ?> point =
                    decisions.point(vendors.ref().point()).orElseThrow();
            return by.watching(vendors, point.strategyType());
        }
    }

    /** The strategy of each point that shall be in force: the caller's wish, else the live site's. */
    private static Map<String, StrategyRef> wanted(DecisionKernel live, TwinSpec spec) {
        Map<String, StrategyRef> wanted = new TreeMap<>();
        for (String point : live.roster().standings().keySet()) {
            live.active(point)
                    .filter(strategy -> offer(live, strategy).isPresent())
                    .ifPresent(strategy -> wanted.put(point, strategy));
        }
        for (StrategyRef strategy : spec.active()) {
            List<StrategyRef> known = live.strategies(strategy.point());
            if (!known.contains(strategy)) {
                throw new IllegalArgumentException("active: " + strategy + " is unknown; accepted: "
                        + (known.isEmpty() ? "nothing, no strategy of " + strategy.point() + " is there" : known));
            }
            wanted.put(strategy.point(), strategy);
        }
        return wanted;
    }

    private static Optional<StrategyOffer> offer(DecisionKernel live, StrategyRef strategy) {
        for (Standing standing : live.roster().standings(strategy.point())) {
            if (standing.ref().equals(strategy)) {
                return Optional.ofNullable(standing.offer());
            }
        }
        return Optional.empty();
    }
}
