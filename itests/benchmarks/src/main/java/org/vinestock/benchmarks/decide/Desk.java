package org.vinestock.benchmarks.decide;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.vinestock.benchmarks.decide.Pick.Choice;
import org.vinestock.benchmarks.decide.Pick.Picker;
import org.vinestock.benchmarks.decide.Pick.Question;
import org.vinestock.decision.BuiltIn;
import org.vinestock.decision.Decision;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.Strategy;
import org.vinestock.decision.StrategyRef;
import org.vinestock.inventory.Inventory;
import org.vinestock.kernel.decide.DecisionKernel;
import org.vinestock.kernel.plugin.StrategyOffer;
import org.vinestock.kernel.plugin.ThreadWorker;
import org.vinestock.kernel.schedule.LaneScheduler;
import org.vinestock.kernel.strategies.StateLog;
import org.vinestock.kernel.turn.DecisionLimits;
import org.vinestock.model.VmId;
import org.vinestock.store.memory.MemoryInventories;

/** A decision kernel as in the container, on two threads and an inventory in memory. All its threads are daemons. */
final class Desk {
    private static final Question QUESTION = new Question(new VmId("vm-1"));

    final LaneScheduler scheduler = new LaneScheduler(2, 1, (lane, thrown) -> thrown.printStackTrace());
    final Inventory inventory = new MemoryInventories().memory(scheduler);
    final DecisionKernel kernel = new DecisionKernel(
            scheduler, inventory, ThreadWorker::hire, DecisionLimits.DEFAULTS, StateLog.memory(), alarm -> {});

    /** Opens a point whose built-in strategy, {@code builtin@1.0}, decides. */
    Pick open(String name, Duration deadline) {
        return open(new Pick(name, deadline));
    }

    /** Opens a point whose built-in strategy, {@code builtin@1.0}, decides. */
    Pick open(Pick point) {
        Picker builtIn = (question, context) -> Pick.answer();
        kernel.add(new BuiltIn<>(point, "builtin", "1.0", () -> builtIn, true));
        kernel.add(point);
        return point;
    }

    /** Brings a vendor's strategy, version 1.0, that is asked on a thread of its own. */
    void vendor(DecisionPoint<?, ?, ?> where, String name, Supplier<? extends Strategy<?, ?, ?>> fresh) {
        StrategyRef ref = new StrategyRef(where.name(), name, "1.0", "0123456789ab");
        kernel.roster()
                .arrive(new StrategyOffer(ref, fresh, gone -> {}, getClass().getClassLoader()), null, false);
    }

    /** Lets a strategy decide, and waits until that is kept. */
    void promote(DecisionPoint<?, ?, ?> where, String name) throws Exception {
        kernel.roster()
                .promote(where.name(), name, "figures")
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    /** Asks for advice on so many at once. */
    CompletableFuture<List<Decision<Choice>>> askAll(Pick where, int questions) {
        return kernel.askAll(where, Collections.nCopies(questions, QUESTION)).toCompletableFuture();
    }

    /** Asks for advice. */
    CompletableFuture<Decision<Choice>> ask(Pick where) {
        return kernel.ask(where, QUESTION).toCompletableFuture();
    }
}
