package org.vinestock.kernel.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/** What every scheduler promises. */
final class SchedulerContract {
    /** A scheduler under test. */
    interface Subject extends AutoCloseable {
        Scheduler scheduler();

        /** Lets it work until {@code done} is complete, and fails if that takes too long. */
        void await(CompletableFuture<?> done);

        /** The failed tasks so far, as {@code lane: message}. */
        List<String> failures();

        @Override
        void close();
    }

    @FunctionalInterface
    interface Maker {
        Subject make();
    }

    private interface Promise {
        void check(Subject subject, Scheduler scheduler);
    }

    private final Maker maker;

    SchedulerContract(Maker maker) {
        this.maker = maker;
    }

    Stream<DynamicTest> tests() {
        return Stream.of(
                test("runs the tasks of a lane in the order in which they were given", SchedulerContract::order),
                test("never runs a task before execute returns", SchedulerContract::notInline),
                test("runs one task of a lane at a time, and the next sees what it wrote", SchedulerContract::serial),
                test("reports a task that throws with the lane's name, and goes on", SchedulerContract::failure),
                test("lets lanes with one name be two lanes", SchedulerContract::oneName),
                test("runs a timer on its lane, not before its time", SchedulerContract::timer),
                test("runs timers in the order of their times", SchedulerContract::timerOrder),
                test("counts a negative delay as zero", SchedulerContract::negativeDelay),
                test("accepts the longest delay", SchedulerContract::longestDelay),
                test("does not run a cancelled timer", SchedulerContract::cancelled),
                test("does not run a timer that a task before it cancelled", SchedulerContract::cancelledByTheOther),
                test("passes over a cancel that comes after the task", SchedulerContract::cancelledLate),
                test("never lets nanoTime go back", SchedulerContract::nanoTime),
                test("yields the same numbers for the same purpose only", SchedulerContract::random));
    }

    private DynamicTest test(String name, Promise promise) {
        Executable executable = () -> {
            try (Subject subject = maker.make()) {
                promise.check(subject, subject.scheduler());
            }
        };
        return DynamicTest.dynamicTest(name, executable);
    }

    private static void order(Subject subject, Scheduler scheduler) {
        Lane lane = scheduler.lane("order");
        List<Integer> seen = new ArrayList<>();
        CompletableFuture<Void> done = new CompletableFuture<>();
        for (int i = 0; i < 1000; i++) {
            int number = i;
            lane.execute(() -> seen.add(number));
        }
        lane.execute(() -> done.complete(null));
        subject.await(done);
        assertEquals(IntStream.range(0, 1000).boxed().toList(), seen);
    }

    private static void notInline(Subject subject, Scheduler scheduler) {
        Lane lane = scheduler.lane("inline");
        List<String> seen = new ArrayList<>();
        CompletableFuture<Void> done = new CompletableFuture<>();
        lane.execute(() -> {
            lane.execute(() -> {
                seen.add("inner");
                done.complete(null);
            });
            seen.add("outer");
        });
        subject.await(done);
        assertEquals(List.of("outer", "inner"), seen);
    }

    private static void serial(Subject subject, Scheduler scheduler) {
        int givers = 8;
        int each = 2000;
        Lane target = scheduler.lane("target");
        int[] plain = new int[1];
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int giver = 0; giver < givers; giver++) {
            Lane lane = scheduler.lane("giver");
            CompletableFuture<Void> done = new CompletableFuture<>();
            all.add(done);
            for (int i = 0; i < each; i++) {
                lane.execute(() -> target.execute(() -> plain[0]++));
            }
            lane.execute(() -> target.execute(() -> done.complete(null)));
        }
        subject.await(CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0])));
        CompletableFuture<Integer> read = new CompletableFuture<>();
        target.execute(() -> read.complete(plain[0]));
        subject.await(read);
        assertEquals(givers * each, read.getNow(-1));
    }

    private static void failure(Subject subject, Scheduler scheduler) {
        Lane lane = scheduler.lane("fragile");
        CompletableFuture<Void> done = new CompletableFuture<>();
        lane.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        lane.execute(() -> {
            throw new StackOverflowError("an error, on purpose");
        });
        lane.execute(() -> done.complete(null));
        subject.await(done);
        assertEquals(List.of("fragile: on purpose", "fragile: an error, on purpose"), subject.failures());
    }

    private static void oneName(Subject subject, Scheduler scheduler) {
        Lane first = scheduler.lane("twin");
        Lane second = scheduler.lane("twin");
        CompletableFuture<Void> done = new CompletableFuture<>();
        first.execute(() -> second.execute(() -> first.execute(() -> done.complete(null))));
        subject.await(done);
        assertNotEquals(first, second);
    }

    private static void timer(Subject subject, Scheduler scheduler) {
        Duration delay = Duration.ofMillis(20);
        long begun = scheduler.nanoTime();
        Lane lane = scheduler.lane("timer");
        CompletableFuture<Long> ran = new CompletableFuture<>();
        scheduler.after(delay, lane, () -> ran.complete(scheduler.nanoTime()));
        subject.await(ran);
        assertTrue(ran.getNow(0L) - begun >= delay.toNanos(), "ran after " + (ran.getNow(0L) - begun) + " ns");
    }

    private static void timerOrder(Subject subject, Scheduler scheduler) {
        Lane lane = scheduler.lane("timers");
        List<Integer> seen = new ArrayList<>();
        CompletableFuture<Void> done = new CompletableFuture<>();
        for (int millis : List.of(30, 10, 20)) {
            scheduler.after(Duration.ofMillis(millis), lane, () -> seen.add(millis));
        }
        scheduler.after(Duration.ofMillis(40), lane, () -> done.complete(null));
        subject.await(done);
        assertEquals(List.of(10, 20, 30), seen);
    }

    private static void negativeDelay(Subject subject, Scheduler scheduler) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Lane lane = scheduler.lane("past");
        scheduler.after(Duration.ofSeconds(Long.MIN_VALUE), lane, () -> done.complete(null));
        subject.await(done);
    }

    private static void longestDelay(Subject subject, Scheduler scheduler) {
        Lane lane = scheduler.lane("future");
        boolean[] ran = new boolean[1];
        Cancellable never = scheduler.after(Duration.ofSeconds(Long.MAX_VALUE), lane, () -> ran[0] = true);
        CompletableFuture<Void> done = new CompletableFuture<>();
        scheduler.after(Duration.ofMillis(5), lane, () -> done.complete(null));
        subject.await(done);
        never.cancel();
        assertFalse(ran[0]);
    }

    private static void cancelled(Subject subject, Scheduler scheduler) {
        Lane lane = scheduler.lane("cancelled");
        List<String> seen = new ArrayList<>();
        CompletableFuture<Void> done = new CompletableFuture<>();
        Cancellable timer = scheduler.after(Duration.ofMillis(10), lane, () -> seen.add("cancelled"));
        timer.cancel();
        timer.cancel();
        scheduler.after(Duration.ofMillis(20), lane, () -> done.complete(null));
        subject.await(done);
        assertEquals(List.of(), seen);
    }

    private static void cancelledByTheOther(Subject subject, Scheduler scheduler) {
        Lane lane = scheduler.lane("rivals");
        List<Integer> seen = new ArrayList<>();
        CompletableFuture<Void> done = new CompletableFuture<>();
        Cancellable[] timers = new Cancellable[2];
        lane.execute(() -> {
            for (int i = 0; i < 2; i++) {
                int number = i;
                timers[i] = scheduler.after(Duration.ofMillis(5), lane, () -> {
                    seen.add(number);
                    timers[1 - number].cancel();
                });
            }
            scheduler.after(Duration.ofMillis(30), lane, () -> done.complete(null));
        });
        subject.await(done);
        assertEquals(List.of(0), seen);
    }

    private static void cancelledLate(Subject subject, Scheduler scheduler) {
        Lane lane = scheduler.lane("late");
        List<Integer> seen = new ArrayList<>();
        CompletableFuture<Void> done = new CompletableFuture<>();
        Cancellable timer = scheduler.after(Duration.ZERO, lane, () -> seen.add(1));
        scheduler.after(Duration.ofMillis(10), lane, () -> {
            timer.cancel();
            done.complete(null);
        });
        subject.await(done);
        assertEquals(List.of(1), seen);
    }

    private static void nanoTime(Subject subject, Scheduler scheduler) {
        Lane lane = scheduler.lane("clock");
        List<Long> seen = new ArrayList<>();
        CompletableFuture<Void> done = new CompletableFuture<>();
        for (int i = 0; i < 100; i++) {
            scheduler.after(Duration.ofNanos(i * 10_007L), lane, () -> seen.add(scheduler.nanoTime()));
        }
        scheduler.after(Duration.ofMillis(10), lane, () -> done.complete(null));
        subject.await(done);
        assertEquals(seen.stream().sorted().toList(), seen);
        assertEquals(100, seen.size());
    }

    private static void random(Subject subject, Scheduler scheduler) {
        long[] first = scheduler.random("arrivals").longs(10).toArray();
        assertTrue(Arrays.equals(first, scheduler.random("arrivals").longs(10).toArray()));
        assertFalse(Arrays.equals(first, scheduler.random("failures").longs(10).toArray()));
    }
}
