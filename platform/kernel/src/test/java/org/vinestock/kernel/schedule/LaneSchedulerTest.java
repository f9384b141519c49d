package org.vinestock.kernel.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

class LaneSchedulerTest {
    private final List<String> failures = new CopyOnWriteArrayList<>();

    @TestFactory
    Stream<DynamicTest> keepsThePromisesOfASchedulerOnTwoThreads() {
        return new SchedulerContract(() -> subject(2)).tests();
    }

    @TestFactory
    Stream<DynamicTest> keepsThePromisesOfASchedulerOnOneThread() {
        return new SchedulerContract(() -> subject(1)).tests();
    }

    @Test
    void namesItsThreadsAndMakesThemDaemons() {
        try (LaneScheduler scheduler = scheduler(1)) {
            CompletableFuture<Thread> thread = new CompletableFuture<>();
            scheduler.lane("who").execute(() -> thread.complete(Thread.currentThread()));
            assertEquals("vinestock-lane-1", got(thread).getName());
            assertTrue(got(thread).isDaemon());
        }
    }

    @Test
    void givesEveryLaneItsTurnThoughOneNeverEnds() {
        try (LaneScheduler scheduler = scheduler(1)) {
            Lane greedy = scheduler.lane("greedy");
            CompletableFuture<Void> done = new CompletableFuture<>();
            greedy.execute(new Runnable() {
                @Override
                public void run() {
                    if (!done.isDone()) {
                        greedy.execute(this);
                        greedy.execute(() -> {});
                    }
                }
            });
            scheduler.lane("modest").execute(() -> done.complete(null));
            got(done);
        }
    }

    @Test
    void finishesTheTasksItHasTakenWhenItCloses() {
        LaneScheduler scheduler = scheduler(2);
        AtomicInteger ran = new AtomicInteger();
        for (int lane = 0; lane < 10; lane++) {
            Lane each = scheduler.lane("each");
            for (int i = 0; i < 1000; i++) {
                each.execute(ran::incrementAndGet);
            }
        }
        scheduler.close();
        scheduler.close();
        assertEquals(10_000, ran.get());
        assertEquals(List.of(), failures);
    }

    @Test
    void leavesNoThreadBehindWhenItCloses() {
        LaneScheduler scheduler = scheduler(3);
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        scheduler.lane("who").execute(() -> thread.complete(Thread.currentThread()));
        scheduler.after(Duration.ofHours(1), scheduler.lane("later"), () -> {});
        got(thread);
        List<Thread> threads = scheduler.threads();
        assertEquals(4, threads.size());
        scheduler.close();
        assertTrue(threads.stream().noneMatch(Thread::isAlive), threads.toString());
    }

    @Test
    void refusesTasksAfterItClosed() {
        LaneScheduler scheduler = scheduler(1);
        Lane lane = scheduler.lane("late");
        scheduler.close();
        assertThrows(RejectedExecutionException.class, () -> lane.execute(() -> {}));
        CompletableFuture<Void> stage =
                CompletableFuture.runAsync(() -> {}, task -> task.run()).thenRunAsync(() -> {}, lane);
        assertTrue(stage.isCompletedExceptionally());
    }

    @Test
    void forgetsTimersThatAreSetAfterItClosed() {
        LaneScheduler scheduler = scheduler(1);
        Lane lane = scheduler.lane("late");
        scheduler.close();
        scheduler.after(Duration.ZERO, lane, () -> failures.add("it ran")).cancel();
        assertEquals(0, scheduler.pendingTimers());
        assertEquals(List.of(), failures);
    }

    @Test
    void refusesToBeClosedByOneOfItsOwnTasks() {
        LaneScheduler scheduler = scheduler(1);
        CompletableFuture<Boolean> refused = new CompletableFuture<>();
        scheduler.lane("suicide").execute(() -> {
            try {
                scheduler.close();
                refused.complete(false);
            } catch (IllegalStateException e) {
                refused.complete(true);
            }
        });
        assertTrue(got(refused));
        scheduler.close();
    }

    @Test
    void refusesToStartWithoutAThread() {
        assertThrows(IllegalArgumentException.class, () -> scheduler(0));
    }

    @Test
    void forgetsCancelledTimers() {
        try (LaneScheduler scheduler = scheduler(1)) {
            Lane lane = scheduler.lane("timers");
            for (int i = 0; i < 10_000; i++) {
                scheduler.after(Duration.ofHours(1), lane, () -> {}).cancel();
            }
            assertEquals(0, scheduler.pendingTimers());
        }
    }

    @Test
    void contractFindsASchedulerThatRunsTasksWhileTheyAreGiven() {
        long broken = new SchedulerContract(() -> new Wrong(scheduler(1)))
                .tests()
                .filter(LaneSchedulerTest::fails)
                .count();
        assertTrue(broken >= 2, broken + " checks failed");
    }

    private static boolean fails(DynamicTest test) {
        try {
            test.getExecutable().execute();
            return false;
        } catch (Throwable failure) {
            return true;
        }
    }

    private LaneScheduler scheduler(int threads) {
        return new LaneScheduler(threads, 1, (lane, thrown) -> failures.add(lane + ": " + thrown.getMessage()));
    }

    private SchedulerContract.Subject subject(int threads) {
        LaneScheduler scheduler = scheduler(threads);
        return new Subject(scheduler, failures);
    }

    static <T> T got(CompletableFuture<T> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }

    static void joined(Thread thread) {
        try {
            thread.join(20_000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Subject(LaneScheduler lanes, List<String> failures) implements SchedulerContract.Subject {
        @Override
        public Scheduler scheduler() {
            return lanes;
        }

        @Override
        public void await(CompletableFuture<?> done) {
            got(done);
            assertFalse(done.isCompletedExceptionally());
        }

        @Override
        public void close() {
            lanes.close();
        }
    }

    /** Runs tasks inline and timers without their delay. */
    private record Wrong(LaneScheduler lanes) implements SchedulerContract.Subject, Scheduler {
        @Override
        public Scheduler scheduler() {
            return this;
        }

        @Override
        public Lane lane(String name) {
            return Runnable::run;
        }

        @Override
        public org.vinestock.time.Cancellable after(Duration delay, Lane lane, Runnable task) {
            task.run();
            return () -> {};
        }

        @Override
        public java.time.Instant instant() {
            return lanes.instant();
        }

        @Override
        public long nanoTime() {
            return lanes.nanoTime();
        }

        @Override
        public java.util.random.RandomGenerator random(String purpose) {
            return lanes.random(purpose);
        }

        @Override
        public void await(CompletableFuture<?> done) {
            assertTrue(done.isDone());
        }

        @Override
        public List<String> failures() {
            return List.of();
        }

        @Override
        public void close() {
            lanes.close();
        }
    }
}
