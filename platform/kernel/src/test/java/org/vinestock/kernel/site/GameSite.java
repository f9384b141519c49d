package org.vinestock.kernel.site;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.vinestock.area.Platform;
import org.vinestock.decision.StrategyRef;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.kernel.act.MemoryTaskStore;
import org.vinestock.kernel.act.TaskEngine;
import org.vinestock.kernel.decide.DecisionKernel;
import org.vinestock.kernel.json.ParameterCheck;
import org.vinestock.kernel.plugin.LaneWorker;
import org.vinestock.kernel.plugin.StrategyOffer;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.kernel.site.Game.GameStrategy;
import org.vinestock.kernel.site.Game.Piece;
import org.vinestock.kernel.site.Game.PieceId;
import org.vinestock.kernel.strategies.StateLog;
import org.vinestock.kernel.turn.DecisionLimits;
import org.vinestock.store.memory.MemoryInventories;

/** A control plane in simulated time. */
final class GameSite {
    static final Instant START = Instant.parse("2026-11-20T14:00:00Z");
    static final TwinThreads THREADS = new TwinThreads(Duration.ofMinutes(1));
    private static final ParameterCheck CHECK = new ParameterCheck();

    final List<String> laneFailures = new ArrayList<>();
    final List<String> alarms = new ArrayList<>();
    final List<Object> released = new ArrayList<>();
    final SimulatedScheduler scheduler =
            new SimulatedScheduler(1, START, (lane, thrown) -> laneFailures.add(lane + ": " + thrown));
    final MemoryInventories inventories = new MemoryInventories();
    final DecisionKernel decisions;
    final TaskEngine engine;
    final ControlPlane plane;

    final StateLog log;

    GameSite() {
        this(THREADS);
    }

    GameSite(TwinThreads threads) {
        this(threads, StateLog.memory());
    }

    /** Makes one that goes on with what another one kept. */
    GameSite(StateLog log) {
        this(THREADS, log);
    }

    private GameSite(TwinThreads threads, StateLog log) {
        this.log = log;
        var inventory = inventories.memory(scheduler);
        decisions = new DecisionKernel(
                scheduler,
                inventory,
                (ref, loader) -> new LaneWorker(scheduler, ref.shortName(), Duration.ZERO),
                DecisionLimits.DEFAULTS.simulated(),
                log,
                alarms::add);
        engine = new TaskEngine(
                scheduler, inventory, CHECK, FreezeChecks.of(decisions.freeze()), new MemoryTaskStore(100));
        plane = new ControlPlane(
                scheduler, inventory, decisions, engine, new TwinMaker(inventories, CHECK, threads), List.of());
    }

    void run() {
        scheduler.run(scheduler.instant().plus(Duration.ofMinutes(1)), 1_000_000);
        if (!laneFailures.isEmpty()) {
            throw new AssertionError(laneFailures.toString());
        }
    }

    StrategyRef vendor(String name, GameStrategy instance) {
        StrategyRef ref = new StrategyRef(Game.POINT.name(), name, "1.0", "0123456789ab");
        decisions
                .roster()
                .arrive(
                        new StrategyOffer(
                                ref, () -> instance, released::add, getClass().getClassLoader()),
                        null,
                        false);
        return ref;
    }

    static int at(Platform platform, String piece) {
        return platform.inventory()
                .head()
                .rows(Game.PIECE)
                .find(new PieceId(piece))
                .map(Piece::at)
                .orElse(-1);
    }

    static void put(Platform platform, String piece, int at) {
        PieceId id = new PieceId(piece);
        CompletionStage<?> done = platform.inventory()
                .commit(new ChangeSet(
                        platform.inventory().head().ref().revision(),
                        List.of(new Change.Put<>(Game.PIECE, id, new Piece(id, at)))));
        done.toCompletableFuture().join();
    }
}
