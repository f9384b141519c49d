package org.vinestock.kernel.site;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.area.Twin;
import org.vinestock.area.TwinSpec;
import org.vinestock.decision.StrategyRef;
import org.vinestock.inventory.Inventories;
import org.vinestock.inventory.Inventory;
import org.vinestock.kernel.act.MemoryTaskStore;
import org.vinestock.kernel.act.TaskEngine;
import org.vinestock.kernel.decide.DecisionKernel;
import org.vinestock.kernel.json.ParameterCheck;
import org.vinestock.kernel.plugin.LaneWorker;
import org.vinestock.kernel.plugin.StrategyOffer;
import org.vinestock.kernel.schedule.LogTaskFailures;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.kernel.strategies.Standing;
import org.vinestock.kernel.strategies.StateLog;
import org.vinestock.kernel.turn.DecisionLimits;

/**
 * Makes simulated sites beside a live one: with the areas that are installed there, an empty inventory and the strategies
 * that the caller wants. They share nothing with the live site but classes. Any thread.
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
        Map<String, StrategyRef> wanted = wanted(live.decisionKernel(), spec);
        TwinCalls calls = new TwinCalls();
        SimulatedScheduler scheduler = new SimulatedScheduler(spec.seed(), spec.start(), new LogTaskFailures());
        Inventory inventory = inventories.memory(scheduler);
        DecisionKernel decisions = new DecisionKernel(
                scheduler,
                inventory,
                (strategy, loader) ->
                        calls.watch(strategy, new LaneWorker(scheduler, strategy.shortName(), Duration.ZERO)),
                DecisionLimits.DEFAULTS.simulated(),
                StateLog.memory(),
                LOG::debug);
        TaskEngine engine = new TaskEngine(
                scheduler, inventory, check, FreezeChecks.of(decisions.freeze()), new MemoryTaskStore(TASKS_KEPT));
        ControlPlane plane = new ControlPlane(scheduler, inventory, decisions, engine, null, List.of());
        live.areas().installed().values().forEach(area -> plane.add(area.area()));
        wanted.forEach((point, strategy) -> put(live.decisionKernel(), decisions, strategy));
        return new SimulatedTwin(plane, scheduler, calls, threads);
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

    private static void put(DecisionKernel live, DecisionKernel twin, StrategyRef strategy) {
        StrategyOffer vendors = offer(live, strategy).orElse(null);
        if (vendors != null && vendors.loader() != null) {
            twin.roster().arrive(vendors, null, false);
        }
        if (!twin.active(strategy.point()).equals(Optional.of(strategy))) {
            // It acts at once; the stage is about writing it down, which a twin does not.
            twin.roster().promote(strategy.point(), strategy.shortName() + "#" + strategy.digest(), "twin");
        }
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
