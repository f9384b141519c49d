package org.vinestock.kernel.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * Runs lanes in simulated time on one thread, the caller of {@link #run}. Before each task it draws one of the lanes that
 * have something to do; when none has, time jumps to the next timer. So the seed decides the order, and the same seed
 * and the same tasks give the same run to the last byte.
 *
 * <p><b>Calls.</b> By one thread at a time: tasks may be given between runs, and during a run by its tasks only. A call
 * by another thread during a run would make runs differ and throws {@code IllegalStateException}.
 *
 * <p><b>Failure.</b> A task that throws is handed to {@link TaskFailures}; its lane goes on.
 */
public final class SimulatedScheduler implements Scheduler {
    private final long seed;
    private Instant start;
    private final TaskFailures failures;
    private final SplittableRandom draw;
    private final List<SimulatedLane> ready = new ArrayList<>();
    private final Queue<SimulatedTimer> timers = new PriorityQueue<>();
    private int cancelledTimers;
    private long timersMade;
    /** Nanoseconds since {@code start}. */
    private long now;

    private Instant instant;
    private volatile @Nullable Thread running;

    /**
     * Makes one in which nothing happens yet.
     *
     * @param seed decides the order of the lanes and what {@link #random} yields
     * @param start simulated time at the beginning
     */
    public SimulatedScheduler(long seed, Instant start, TaskFailures failures) {
        this.seed = seed;
        this.start = start;
        this.failures = failures;
        instant = start;
        draw = new SplittableRandom(Chance.mixed(seed));
    }

    /**
     * Runs the tasks that are due up to and including {@code until}, but no more than {@code maxEvents}, and returns how
     * many it ran. Fewer than {@code maxEvents} means that nothing is left to do up to {@code until}, and simulated time
     * is now that.
     *
     * @throws IllegalArgumentException if {@code until} has passed
     * @throws IllegalStateException if a run is under way
     */
    public long run(Instant until, long maxEvents) {
        Duration ahead = Duration.between(instant, until);
        if (ahead.isNegative()) {
            throw new IllegalArgumentException("until " + until + " has passed; accepted: " + instant + " or later");
        }
        if (running != null) {
            throw new IllegalStateException("this simulation is already running, on " + running);
        }
        running = Thread.currentThread();
        try {
            return run(now + Math.min(Nanos.of(ahead), Nanos.MAX - now), maxEvents);
        } finally {
            running = null;
        }
    }

    private long run(long until, long maxEvents) {
        long events = 0;
        while (events < maxEvents) {
            if (!ready.isEmpty()) {
                runOne();
                events++;
            } else if (!expireNext(until)) {
                moveTo(until);
                break;
            }
        }
        return events;
    }

    private void runOne() {
        int size = ready.size();
        int drawn = size == 1 ? 0 : draw.nextInt(size);
        SimulatedLane lane = ready.get(drawn);
        Runnable task = lane.tasks.remove();
        if (lane.tasks.isEmpty()) {
            SimulatedLane last = ready.remove(size - 1);
            if (drawn < size - 1) {
                ready.set(drawn, last);
            }
        }
        try {
            task.run();
        } catch (Throwable thrown) {
            failures.failed(lane.name, thrown);
        }
    }

    /** Moves to the next timer that is due and hands it to its lane, and with it all of the same nanosecond. */
    private boolean expireNext(long until) {
        SimulatedTimer next = timers.peek();
        if (next == null || next.due > until) {
            return false;
        }
        long due = next.due;
        while (next != null && next.due == due) {
            timers.remove();
            if (next.task == null) {
                cancelledTimers--;
            } else {
                moveTo(due);
                next.expired = true;
                next.lane.execute(next);
            }
            next = timers.peek();
        }
        return true;
    }

    /** Steps the clock, forwards or backwards: {@link #instant} jumps, {@link #nanoTime} and the timers do not. Between runs. */
    public void step(Duration by) {
        start = start.plus(by);
        instant = instant.plus(by);
    }

    private void moveTo(long time) {
        if (time != now) {
            now = time;
            instant = start.plusNanos(time);
        }
    }

    @Override
    public Instant instant() {
        return instant;
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public Lane lane(String name) {
        return new SimulatedLane(Objects.requireNonNull(name));
    }

    @Override
    public Cancellable after(Duration delay, Lane lane, Runnable task) {
        checkThread();
        long due = now + Math.min(Nanos.of(delay), Nanos.MAX - now);
        SimulatedTimer timer = new SimulatedTimer(due, timersMade++, lane, Objects.requireNonNull(task));
        timers.add(timer);
        return timer;
    }

    @Override
    public RandomGenerator random(String purpose) {
        return Chance.generator(seed, purpose);
    }

    int pendingTimers() {
        return timers.size();
    }

    private void checkThread() {
        Thread runs = running;
        if (runs != null && runs != Thread.currentThread()) {
            throw new IllegalStateException("a simulation that runs on " + runs + " was called by "
                    + Thread.currentThread() + "; only its own tasks may, or the order would differ from run to run");
        }
    }

    /** Cancelled timers stay in the heap until their time or until they are the greater half of it. */
    private void cancelled() {
        cancelledTimers++;
        if (cancelledTimers > 1000 && cancelledTimers > timers.size() / 2) {
            timers.removeIf(timer -> timer.task == null);
            cancelledTimers = 0;
        }
    }

    private final class SimulatedLane implements Lane {
        private final String name;
        private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(4);

        SimulatedLane(String name) {
            this.name = name;
        }

        @Override
        public void execute(Runnable task) {
            checkThread();
            tasks.add(task);
            if (tasks.size() == 1) {
                ready.add(this);
            }
        }

        @Override
        public String toString() {
            return "lane " + name;
        }
    }

    private final class SimulatedTimer implements Cancellable, Runnable, Comparable<SimulatedTimer> {
        private final long due;
        private final long number;
        private final Lane lane;
        private @Nullable Runnable task;
        private boolean expired;

        SimulatedTimer(long due, long number, Lane lane, Runnable task) {
            this.due = due;
            this.number = number;
            this.lane = lane;
            this.task = task;
        }

        @Override
        public void run() {
            Runnable taken = task;
            task = null;
            if (taken != null) {
                taken.run();
            }
        }

        @Override
        public void cancel() {
            checkThread();
            if (task != null) {
                task = null;
                if (!expired) {
                    cancelled();
                }
            }
        }

        @Override
        public int compareTo(SimulatedTimer other) {
            int byTime = Long.compare(due, other.due);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }
}
