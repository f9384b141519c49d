package org.vinestock.kernel.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.vinestock.time.Lane;

/**
 * Measures what handing a task on costs. Not a test; run it with
 *
 * <pre>
 * mvn -q -o -pl platform/kernel -am test-compile
 * java -Xmx256m -cp platform/kernel/target/test-classes:platform/kernel/target/classes:platform/api/target/classes:$(find \
 *     ~/.m2/repository/org/slf4j/slf4j-api -name 'slf4j-api-2.0.12.jar') org.vinestock.kernel.schedule.SchedulerFigures
 * </pre>
 */
public final class SchedulerFigures {
    private static final int ROUNDS = 5;

    private SchedulerFigures() {}

    /** Prints one line a figure and round. */
    public static void main(String[] args) throws InterruptedException {
        for (int round = 1; round <= ROUNDS; round++) {
            try (LaneScheduler scheduler = new LaneScheduler(2, 1, new LogTaskFailures())) {
                line("lane to lane, 64 outstanding: %.2f M hand-offs a second", handOffs(scheduler, 64, 4_000_000));
                line("lane to lane, 1 outstanding: %.2f M hand-offs a second", handOffs(scheduler, 1, 400_000));
                long[] wakes = wakes(scheduler, 2000);
                line("wake of an idle lane, 1 a ms: p50 %.1f us, p99 %.1f us", micros(wakes, 50), micros(wakes, 99));
            }
            line("simulated, 1,000 lanes: %.2f M events a second", simulated(false));
            line("simulated, 1,000 lanes, each event by a timer: %.2f M events a second", simulated(true));
        }
    }

    private static double handOffs(LaneScheduler scheduler, int outstanding, long count) throws InterruptedException {
        AtomicLong left = new AtomicLong(count);
        CountDownLatch ended = new CountDownLatch(outstanding);
        Lane first = scheduler.lane("first");
        Lane second = scheduler.lane("second");
        long begun = scheduler.nanoTime();
        for (int i = 0; i < outstanding; i++) {
            pass(first, second, left, ended);
        }
        ended.await();
        return count * 1e3 / (scheduler.nanoTime() - begun);
    }

    private static void pass(Lane to, Lane next, AtomicLong left, CountDownLatch ended) {
        to.execute(() -> {
            if (left.decrementAndGet() <= 0) {
                ended.countDown();
            } else {
                pass(next, to, left, ended);
            }
        });
    }

    private static long[] wakes(LaneScheduler scheduler, int count) throws InterruptedException {
        Lane lane = scheduler.lane("idle");
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            int number = i;
            long until = scheduler.nanoTime() + 1_000_000;
            while (scheduler.nanoTime() < until) {
                LockSupport.parkNanos(100_000);
            }
            CountDownLatch ended = new CountDownLatch(1);
            long given = scheduler.nanoTime();
            lane.execute(() -> {
                nanos[number] = scheduler.nanoTime() - given;
                ended.countDown();
            });
            ended.await();
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static double micros(long[] sorted, int percent) {
        return sorted[sorted.length * percent / 100] / 1e3;
    }

    private static double simulated(boolean timers) {
        Instant start = Instant.EPOCH;
        SimulatedScheduler scheduler = new SimulatedScheduler(1, start, new LogTaskFailures());
        RandomGenerator random = scheduler.random("next");
        Lane[] lanes = new Lane[1000];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = scheduler.lane("lane-" + i);
        }
        for (Lane lane : lanes) {
            lane.execute(() -> again(scheduler, lanes, random, timers));
        }
        long events = 2_000_000;
        long begun = System.nanoTime();
        scheduler.run(start.plus(Duration.ofDays(365)), events);
        return events * 1e3 / (System.nanoTime() - begun);
    }

    private static void again(SimulatedScheduler scheduler, Lane[] lanes, RandomGenerator random, boolean timers) {
        Lane lane = lanes[random.nextInt(lanes.length)];
        Runnable task = () -> again(scheduler, lanes, random, timers);
        if (timers) {
            scheduler.after(Duration.ofNanos(random.nextInt(1_000_000)), lane, task);
        } else {
            lane.execute(task);
        }
    }

    private static void line(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
