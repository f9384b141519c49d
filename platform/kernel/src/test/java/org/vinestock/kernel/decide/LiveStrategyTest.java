package org.vinestock.kernel.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vinestock.decision.Decision;
import org.vinestock.decision.StrategyRef;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Inventory;
import org.vinestock.kernel.canary.Share;
import org.vinestock.kernel.canary.Terms;
import org.vinestock.kernel.canary.Then;
import org.vinestock.kernel.decide.Toy.Ask;
import org.vinestock.kernel.decide.Toy.Chosen;
import org.vinestock.kernel.decide.Toy.ToyStrategy;
import org.vinestock.kernel.plugin.StrategyOffer;
import org.vinestock.kernel.plugin.ThreadWorker;
import org.vinestock.kernel.schedule.LaneScheduler;
import org.vinestock.kernel.strategies.Standing;
import org.vinestock.kernel.strategies.StateLog;
import org.vinestock.kernel.strategies.StrategyState;
import org.vinestock.kernel.turn.DecisionLimits;
import org.vinestock.model.Labels;
import org.vinestock.store.memory.MemoryInventories;

/** Vendors' strategies on real threads. What has to be waited for is waited for by latches. */
class LiveStrategyTest {
    private static final DecisionLimits LIMITS = new DecisionLimits(
            32,
            256,
            Duration.ofMillis(1),
            100,
            1_000,
            Duration.ofMillis(300),
            20,
            20,
            Duration.ofSeconds(10),
            256,
            200_000,
            1L << 30,
            Duration.ofMillis(5),
            1,
            Duration.ZERO);

    /** Long enough for a machine on which much else runs. */
    private static final Duration DEADLINE = Duration.ofMillis(400);

    private final Toy point = new Toy("toy.place", DEADLINE);
    private final Toy other = new Toy("toy.other", DEADLINE);
    private final LaneScheduler scheduler = new LaneScheduler(2, 1, (lane, thrown) -> thrown.printStackTrace());
    private final Inventory inventory = new MemoryInventories().memory(scheduler);
    private final DecisionKernel kernel =
            new DecisionKernel(scheduler, inventory, ThreadWorker::hire, LIMITS, StateLog.memory(), alarm -> {});
    private final AtomicInteger vms = new AtomicInteger();

    LiveStrategyTest() {
        inventory.commit(new ChangeSet(0, List.of(Toy.box("a", 10_000), Toy.box("b", 10_000))));
        kernel.add(point);
        kernel.add(other);
        kernel.add(point.builtIn("first", true, Toy.fitting(true)));
        kernel.add(other.builtIn("first", true, Toy.fitting(true)));
    }

    @AfterEach
    void close() {
        kernel.remove(point);
        kernel.remove(other);
        scheduler.close();
    }

    private StrategyRef active(String name, ToyStrategy strategy, ClassLoader loader) throws Exception {
        StrategyRef ref = new StrategyRef(point.name(), name, "1.0", "0123456789ab");
        kernel.roster().arrive(new StrategyOffer(ref, () -> strategy, gone -> {}, loader), null, false);
        done(kernel.roster().promote(point.name(), name, "test").toCompletableFuture());
        return ref;
    }

    private StrategyRef active(String name, ToyStrategy strategy) throws Exception {
        return active(name, strategy, getClass().getClassLoader());
    }

    private CompletableFuture<Decision<Chosen>> reserve(Toy where, long size) {
        Ask ask = Toy.ask(vms.incrementAndGet(), size);
        return kernel.reserve(where, ask, (chosen, now) -> Toy.take(ask, chosen, now))
                .toCompletableFuture();
    }

    private static <T> T done(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    private Standing standing(StrategyRef ref) {
        return kernel.roster().standings(ref.point()).stream()
                .filter(each -> each.ref().equals(ref))
                .findFirst()
                .orElseThrow();
    }

    private static void until(BooleanSupplier happened, String what) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!happened.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, what);
            Thread.onSpinWait();
        }
    }

    @Test
    @SuppressWarnings("ThreadPriorityCheck") // what a careless plugin does
    void answersOnAThreadOfItsOwnThatIsSetBackAfterEachCall() throws Exception {
        ClassLoader loader = new ClassLoader(getClass().getClassLoader()) {};
        List<String> seen = new ArrayList<>();
        active(
                "untidy",
                (ask, context) -> {
                    Thread thread = Thread.currentThread();
                    seen.add(thread.getName() + " " + (thread.getContextClassLoader() == loader) + " "
                            + thread.isInterrupted() + " " + thread.getPriority());
                    thread.setContextClassLoader(null);
                    thread.interrupt();
                    thread.setPriority(Thread.MAX_PRIORITY);
                    return Toy.fit(ask, context.snapshot(), true);
                },
                loader);
        for (int i = 0; i < 3; i++) {
            assertEquals("untidy@1.0", done(reserve(point, 1)).by().shortName());
        }
        assertEquals("vinestock-strategy-untidy-1.0 true false 5", seen.get(0));
        assertEquals(List.of(seen.get(0)), seen.stream().distinct().toList());
    }

    @Test
    void goesOnAfterItHungForAWhile() throws Exception {
        CountDownLatch hung = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        StrategyRef ref = active("hangs", (ask, context) -> {
            if (calls.getAndIncrement() == 0) {
                await(hung);
            }
            return Toy.fit(ask, context.snapshot(), true);
        });
        assertEquals(
                "hangs@1.0 did not answer within 400 ms",
                done(reserve(point, 1)).fallbackBecause());
        assertEquals(
                "hangs@1.0 has not returned from an earlier question",
                done(reserve(point, 1)).fallbackBecause());
        hung.countDown();
        until(() -> standing(ref).figures().returnedLateCount() == 1, "it never came back");
        assertEquals("hangs@1.0", done(reserve(point, 1)).by().shortName());
        assertEquals(StrategyState.ACTIVE, standing(ref).state());
    }

    @Test
    void isQuarantinedWithItsStackWhenItSpinsAndHoldsUpNoOtherPoint() throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        AtomicReference<Boolean> spinning = new AtomicReference<>(true);
        StrategyRef ref = active("spins", (ask, context) -> {
            thread.set(Thread.currentThread());
            while (spinning.get()) {
                Thread.onSpinWait();
            }
            return Toy.fit(ask, context.snapshot(), true);
        });
        CompletableFuture<Decision<Chosen>> asked = reserve(point, 1);
        assertEquals("first@1.0", done(reserve(other, 1)).by().shortName());
        assertEquals("fallback@1.0", done(asked).by().shortName());
        until(() -> standing(ref).state() == StrategyState.QUARANTINED, "it was never noticed");
        String stuck = standing(ref).stuck();
        assertTrue(stuck.startsWith("thread vinestock-strategy-spins-1.0\nat "), stuck);
        assertTrue(stuck.contains(getClass().getName()), stuck);
        assertEquals("first@1.0", done(reserve(point, 1)).by().shortName());
        spinning.set(false);
        thread.get().join(20_000);
        assertFalse(thread.get().isAlive());
    }

    @Test
    void losesNoCallAndOverfillsNothingWhileThreadsAskAndStrategiesChange() throws Exception {
        ToyStrategy last = Toy.fitting(false);
        StrategyRef ref = active("acme", last);
        int threads = 4;
        int each = 5_000;
        List<CompletableFuture<List<CompletableFuture<Decision<Chosen>>>>> asking = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            CompletableFuture<List<CompletableFuture<Decision<Chosen>>>> all = new CompletableFuture<>();
            asking.add(all);
            Thread thread = new Thread(() -> {
                List<CompletableFuture<Decision<Chosen>>> asked = new ArrayList<>();
                for (int n = 0; n < each; n++) {
                    asked.add(reserve(n % 7 == 0 ? other : point, n % 11 == 0 ? 0 : 1));
                }
                all.complete(asked);
            });
            thread.start();
        }
        for (int i = 0; i < 50; i++) {
            String back = done(kernel.roster().rollback(point.name(), "test").toCompletableFuture());
            String again =
                    done(kernel.roster().promote(point.name(), "acme", "test").toCompletableFuture());
            assertTrue(back.endsWith(", 0 calls lost"), back);
            assertTrue(again.endsWith(", 0 calls lost"), again);
        }
        long refused = 0;
        for (CompletableFuture<List<CompletableFuture<Decision<Chosen>>>> all : asking) {
            for (CompletableFuture<Decision<Chosen>> decision : done(all)) {
                refused += decision.handle((decided, thrown) -> thrown == null ? 0 : 1)
                        .get(20, TimeUnit.SECONDS);
            }
        }
        assertEquals(0, refused);
        Hosts hosts = inventory.head().hosts();
        assertTrue(hosts.freeMemory(0) >= 0 && hosts.freeMemory(1) >= 0);
        until(() -> kernel.feed().after(0, 1_000_000).size() == threads * each, "not all were recorded");
        assertTrue(standing(ref).figures().calls() > 0, "it never answered");
    }

    @Test
    void aCanaryKeepsItsGuestsAndLosesNoCallWhileThreadsAsk() throws Exception {
        ToyStrategy last = Toy.fitting(false);
        StrategyRef ref = new StrategyRef(point.name(), "acme", "1.0", "0123456789ab");
        ClassLoader loader = getClass().getClassLoader();
        kernel.roster().arrive(new StrategyOffer(ref, () -> last, gone -> {}, loader), null, false);
        Share half = new Share(5_000, Labels.NONE);
        List<Decision<Chosen>> its = Collections.synchronizedList(new ArrayList<>());
        List<String> strays = Collections.synchronizedList(new ArrayList<>());
        AtomicBoolean asking = new AtomicBoolean(true);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                for (int vm = 0; asking.get() || vm < 1_000; vm++) {
                    Ask ask = Toy.ask(vm % 100, 0);
                    Decision<Chosen> decision =
                            kernel.ask(point, ask).toCompletableFuture().join();
                    if (decision.by().equals(ref)) {
                        its.add(decision);
                        if (!half.takes(ask.vm(), Labels.NONE)) {
                            strays.add(ask + " by " + decision.by());
                        }
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (int i = 0; i < 50; i++) {
            Instant now = scheduler.instant();
            Terms terms = new Terms(half, List.of(), 1, now, now.plusSeconds(3_600), Then.SHADOW);
            String begun = done(
                    kernel.roster().tryOut(point.name(), "acme", terms, "test").toCompletableFuture());
            assertTrue(begun.endsWith(", 0 calls lost"), begun);
            String ended =
                    done(kernel.roster().endTrial(point.name(), "acme", "test").toCompletableFuture());
            assertTrue(ended.endsWith(", 0 calls lost"), ended);
        }
        asking.set(false);
        for (Thread thread : threads) {
            thread.join(20_000);
        }
        assertEquals(List.of(), strays);
        assertTrue(!its.isEmpty(), "it never answered");
        assertEquals(StrategyState.SHADOW, standing(ref).state());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
