package org.vinestock.kernel.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

class SimulatedSchedulerTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant LATER = START.plus(Duration.ofDays(1));
    private final List<String> failures = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> keepsThePromisesOfAScheduler() {
        return new SchedulerContract(() -> new Subject(scheduler(7), failures)).tests();
    }

    @Test
    void makesTheSameRunFromTheSameSeed() {
        for (long seed = 0; seed < 50; seed++) {
            assertEquals(trace(seed), trace(seed));
        }
    }

    @Test
    void findsEveryOrderOfThreeLanesAmongAHundredSeeds() {
        TreeSet<String> orders = new TreeSet<>();
        for (long seed = 0; seed < 100; seed++) {
            SimulatedScheduler scheduler = scheduler(seed);
            StringBuilder order = new StringBuilder();
            for (String name : List.of("a", "b", "c")) {
                scheduler.lane(name).execute(() -> order.append(name));
            }
            scheduler.run(START, 100);
            orders.add(order.toString());
        }
        assertEquals("[abc, acb, bac, bca, cab, cba]", orders.toString());
    }

    @Test
    void jumpsToTheNextTimer() {
        SimulatedScheduler scheduler = scheduler(1);
        Lane lane = scheduler.lane("clock");
        List<Instant> seen = new ArrayList<>();
        scheduler.after(Duration.ofHours(3), lane, () -> seen.add(scheduler.instant()));
        scheduler.after(Duration.ofNanos(1), lane, () -> seen.add(scheduler.instant()));
        assertEquals(2, scheduler.run(LATER, 100));
        assertEquals(List.of(START.plusNanos(1), START.plus(Duration.ofHours(3))), seen);
        assertEquals(LATER, scheduler.instant());
        assertEquals(Duration.ofDays(1).toNanos(), scheduler.nanoTime());
    }

    @Test
    void runsWhatIsDueAtTheEndAndNothingAfterIt() {
        SimulatedScheduler scheduler = scheduler(1);
        Lane lane = scheduler.lane("edge");
        List<String> seen = new ArrayList<>();
        scheduler.after(Duration.ofSeconds(1), lane, () -> seen.add("due"));
        scheduler.after(Duration.ofSeconds(1).plusNanos(1), lane, () -> seen.add("after"));
        assertEquals(1, scheduler.run(START.plusSeconds(1), 100));
        assertEquals(List.of("due"), seen);
        assertEquals(0, scheduler.run(START.plusSeconds(1), 100));
        assertEquals(1, scheduler.run(START.plusSeconds(2), 100));
    }

    @Test
    void stopsAfterTheGivenNumberOfEventsAndGoesOnFromThere() {
        SimulatedScheduler scheduler = scheduler(1);
        Lane lane = scheduler.lane("endless");
        lane.execute(new Runnable() {
            @Override
            public void run() {
                lane.execute(this);
            }
        });
        assertEquals(1000, scheduler.run(LATER, 1000));
        assertEquals(START, scheduler.instant());
        assertEquals(0, scheduler.run(LATER, 0));
        assertEquals(10, scheduler.run(LATER, 10));
    }

    @Test
    void refusesToRunBackwards() {
        SimulatedScheduler scheduler = scheduler(1);
        scheduler.run(LATER, 1);
        assertThrows(IllegalArgumentException.class, () -> scheduler.run(START, 1));
    }

    @Test
    void refusesToRunWithinItself() {
        SimulatedScheduler scheduler = scheduler(1);
        scheduler.lane("inner").execute(() -> scheduler.run(LATER, 1));
        scheduler.run(LATER, 10);
        assertEquals(1, failures.size());
        assertTrue(failures.get(0).startsWith("inner: this simulation is already running"), failures.get(0));
    }

    @Test
    void refusesTasksOfAnotherThreadWhileItRuns() {
        SimulatedScheduler scheduler = scheduler(1);
        Lane lane = scheduler.lane("own");
        lane.execute(() -> CompletableFuture.runAsync(() -> lane.execute(() -> {}), task -> {
                    Thread other = new Thread(task, "other");
                    other.start();
                    LaneSchedulerTest.joined(other);
                })
                .join());
        assertEquals(1, scheduler.run(LATER, 10));
        assertEquals(1, failures.size());
        assertTrue(failures.get(0).contains("was called by Thread[other"), failures.get(0));
    }

    @Test
    void keepsItsTimersInOrderWhenMostAreCancelled() {
        SimulatedScheduler scheduler = scheduler(1);
        Lane lane = scheduler.lane("timers");
        RandomGenerator random = scheduler.random("delays");
        List<Long> seen = new ArrayList<>();
        long kept = 0;
        for (int i = 0; i < 20_000; i++) {
            boolean keep = random.nextInt(50) == 0;
            var timer = scheduler.after(
                    Duration.ofNanos(random.nextInt(1_000_000)), lane, () -> seen.add(scheduler.nanoTime()));
            if (keep) {
                kept++;
            } else {
                timer.cancel();
            }
        }
        assertTrue(scheduler.pendingTimers() < 3000, scheduler.pendingTimers() + " timers are held");
        assertEquals(kept, scheduler.run(LATER, Long.MAX_VALUE));
        assertEquals(seen.stream().sorted().toList(), seen);
        assertEquals(0, scheduler.pendingTimers());
    }

    @Test
    void standsStillAtTheEndOfTime() {
        SimulatedScheduler scheduler = scheduler(1);
        assertEquals(0, scheduler.run(Instant.MAX, 1));
        scheduler.after(Duration.ofDays(1), scheduler.lane("end"), () -> failures.add("ran"));
        assertEquals(1, scheduler.run(scheduler.instant(), 10));
    }

    @Test
    void yieldsOtherNumbersUnderAnotherSeed() {
        assertNotEquals(
                scheduler(1).random("x").nextLong(), scheduler(2).random("x").nextLong());
        assertEquals(
                scheduler(1).random("x").nextLong(), scheduler(1).random("x").nextLong());
    }

    private String trace(long seed) {
        SimulatedScheduler scheduler = scheduler(seed);
        StringBuilder trace = new StringBuilder();
        RandomGenerator random = scheduler.random("work");
        List<Lane> lanes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            lanes.add(scheduler.lane("lane-" + i));
        }
        for (int i = 0; i < 20; i++) {
            step(scheduler, lanes, i, random, trace, 30);
        }
        scheduler.run(LATER, Long.MAX_VALUE);
        assertTrue(trace.length() > 1000);
        return trace.toString();
    }

    private static void step(
            SimulatedScheduler scheduler,
            List<Lane> lanes,
            int lane,
            RandomGenerator random,
            StringBuilder trace,
            int left) {
        Runnable task = () -> {
            trace.append(scheduler.nanoTime()).append(' ').append(lane).append('\n');
            if (left > 0) {
                step(scheduler, lanes, random.nextInt(lanes.size()), random, trace, left - 1);
            }
        };
        if (random.nextBoolean()) {
            lanes.get(lane).execute(task);
        } else {
            scheduler.after(Duration.ofNanos(random.nextInt(3)), lanes.get(lane), task);
        }
    }

    private SimulatedScheduler scheduler(long seed) {
        return new SimulatedScheduler(seed, START, (lane, thrown) -> failures.add(lane + ": " + thrown.getMessage()));
    }

    private record Subject(SimulatedScheduler simulated, List<String> failures) implements SchedulerContract.Subject {
        @Override
        public Scheduler scheduler() {
            return simulated;
        }

        @Override
        public void await(CompletableFuture<?> done) {
            simulated.run(simulated.instant().plusSeconds(60), 1_000_000);
            assertTrue(done.isDone(), "nothing is left to do");
            assertFalse(done.isCompletedExceptionally());
        }

        @Override
        public void close() {}
    }
}
