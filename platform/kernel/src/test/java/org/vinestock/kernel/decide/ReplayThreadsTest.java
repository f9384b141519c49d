package org.vinestock.kernel.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vinestock.decision.Decision;
import org.vinestock.decision.StrategyRef;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Inventory;
import org.vinestock.kernel.decide.Toy.Ask;
import org.vinestock.kernel.decide.Toy.Chosen;
import org.vinestock.kernel.decide.Toy.ToyStrategy;
import org.vinestock.kernel.plugin.StrategyOffer;
import org.vinestock.kernel.plugin.ThreadWorker;
import org.vinestock.kernel.replay.Replayed;
import org.vinestock.kernel.schedule.LaneScheduler;
import org.vinestock.kernel.strategies.StateLog;
import org.vinestock.kernel.turn.DecisionLimits;
import org.vinestock.model.VinestockException;
import org.vinestock.store.memory.MemoryInventories;

/** Replays on real threads, from the decisions in memory. */
class ReplayThreadsTest {
    private final Toy point = new Toy("toy.place", Duration.ofSeconds(5));
    private final LaneScheduler scheduler = new LaneScheduler(2, 1, (lane, thrown) -> thrown.printStackTrace());
    private final Inventory inventory = new MemoryInventories().memory(scheduler);
    private final DecisionKernel kernel = new DecisionKernel(
            scheduler, inventory, ThreadWorker::hire, DecisionLimits.DEFAULTS, StateLog.memory(), alarm -> {});
    private int vms;

    ReplayThreadsTest() throws Exception {
        inventory.commit(new ChangeSet(0, List.of(Toy.box("a", 500), Toy.box("b", 10_000))));
        kernel.add(point);
        kernel.add(point.builtIn("first", true, Toy.fitting(true)));
        for (int i = 0; i < 1_500; i++) {
            reserve();
        }
    }

    @AfterEach
    void close() {
        kernel.remove(point);
        scheduler.close();
    }

    private Decision<Chosen> reserve() throws Exception {
        Ask ask = Toy.ask(++vms, 1);
        return kernel.reserve(point, ask, (chosen, now) -> Toy.take(ask, chosen, now))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private void arrives(String name, ToyStrategy strategy) {
        StrategyRef ref = new StrategyRef(point.name(), name, "1.0", "0123456789ab");
        kernel.roster()
                .arrive(
                        new StrategyOffer(
                                ref, () -> strategy, gone -> {}, getClass().getClassLoader()),
                        null,
                        false);
    }

    private Replayed replay(String parameters) throws Exception {
        return (Replayed) new ReplayCall(kernel, inventory.head())
                .begin(parameters)
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    @Test
    void asksABuiltInAndAVendorsStrategy() throws Exception {
        arrives("vendors", Toy.fitting(true));
        for (String name : List.of("first", "vendors")) {
            Replayed replayed = replay("{\"with\":\"" + name + "\",\"last\":1500}");
            assertEquals(1_500, replayed.asked(), replayed.toString());
            assertEquals(1_500, replayed.agree(), replayed.toString());
        }
    }

    @Test
    void leavesAStrategyBehindThatDoesNotReturnAndDecidesOn() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        arrives("stuck", (ask, context) -> {
            try {
                held.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Toy.choose("a");
        });
        ExecutionException stuck =
                assertThrows(ExecutionException.class, () -> replay("{\"with\":\"stuck\",\"last\":10}"));
        VinestockException because = assertInstanceOf(VinestockException.class, stuck.getCause());
        assertEquals("STRATEGY_HANGS", because.code().name());
        assertTrue(because.getMessage().startsWith("stuck@1.0 did not return within 5000 ms"), because.getMessage());
        assertEquals("first", reserve().by().name());
        assertEquals(10, replay("{\"with\":\"first\",\"last\":10}").agree());
        held.countDown();
    }
}
