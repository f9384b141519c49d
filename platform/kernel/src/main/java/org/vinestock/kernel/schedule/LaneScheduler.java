package org.vinestock.kernel.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * Runs lanes on a bounded pool of daemon threads, named {@code vinestock-lane-1} and so on, in real time. One more
 * thread, {@code vinestock-timer}, hands expired timers to their lanes and runs nothing itself.
 *
 * <p><b>State.</b> A lane costs some 100 bytes and nothing has to be closed; it is collected when nobody holds it.
 *
 * <p><b>Failure.</b> After {@link #close} a lane takes no more tasks: {@code RejectedExecutionException}. A timer that is
 * set then is forgotten, like those that were set before.
 */
public final class LaneScheduler implements Scheduler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LaneScheduler.class);
    private static final long CLOSE_SECONDS = 10;

    private final long seed;
    private final TaskFailures failures;
    private final AtomicInteger number = new AtomicInteger();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final ThreadPoolExecutor pool;
    private final ScheduledThreadPoolExecutor timers;

    /**
     * Starts the threads.
     *
     * @param threads 1 or more
     * @param seed decides what {@link #random} yields
     */
    public LaneScheduler(int threads, long seed, TaskFailures failures) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads " + threads + "; accepted: 1 or more");
        }
        this.seed = seed;
        this.failures = failures;
        pool = new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::laneThread);
        pool.prestartAllCoreThreads();
        timers = new ScheduledThreadPoolExecutor(1, task -> thread("vinestock-timer", task));
        timers.setRemoveOnCancelPolicy(true);
        timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timers.prestartAllCoreThreads();
    }

    private Thread laneThread(Runnable task) {
        return thread("vinestock-lane-" + number.incrementAndGet(), task);
    }

    private Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(LaneScheduler.class.getClassLoader());
        threads.add(thread);
        return thread;
    }

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Lane lane(String name) {
        return new PoolLane(Objects.requireNonNull(name), pool, failures);
    }

    @Override
    public Cancellable after(Duration delay, Lane lane, Runnable task) {
        PoolTimer timer = new PoolTimer(lane, Objects.requireNonNull(task));
        try {
            timer.expires = timers.schedule(timer::expire, Nanos.of(delay), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            timer.cancel(); // forgotten like all others
        }
        return timer;
    }

    @Override
    public RandomGenerator random(String purpose) {
        return Chance.generator(seed, purpose);
    }

    /** The threads that it started. */
    List<Thread> threads() {
        return List.copyOf(threads);
    }

    int pendingTimers() {
        return timers.getQueue().size();
    }

    /**
     * Forgets the timers, lets the tasks that lanes have taken finish, and waits for that, at most 10 s. A second call
     * changes nothing.
     *
     * @throws IllegalStateException if called by a task of one of its own lanes
     */
    @Override
    public void close() {
        if (threads.contains(Thread.currentThread())) {
            throw new IllegalStateException("a task of a lane cannot close the lane's own scheduler");
        }
        timers.shutdownNow();
        pool.shutdown();
        try {
            boolean ended = pool.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)
                    && timers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            if (ended) {
                for (Thread thread : threads) {
                    thread.join(
                            TimeUnit.SECONDS.toMillis(CLOSE_SECONDS)); // it has left the pool, not yet its last line
                }
            } else {
                LOG.warn(
                        "{} lanes were still busy after {} s and were left alone",
                        pool.getActiveCount(),
                        CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A task that waits for its time; whoever takes it first, its lane or {@link #cancel}, decides whether it runs. */
    private static final class PoolTimer implements Cancellable, Runnable {
        private final Lane lane;
        private final AtomicReference<@Nullable Runnable> task;
        private volatile @Nullable ScheduledFuture<?> expires;

        PoolTimer(Lane lane, Runnable task) {
            this.lane = lane;
            this.task = new AtomicReference<>(task);
        }

        void expire() {
            try {
                lane.execute(this);
            } catch (RejectedExecutionException closed) {
                task.set(null);
            }
        }

        @Override
        public void run() {
            Runnable taken = task.getAndSet(null);
            if (taken != null) {
                taken.run();
            }
        }

        @Override
        public void cancel() {
            ScheduledFuture<?> pending = expires;
            if (task.getAndSet(null) != null && pending != null) {
                pending.cancel(false);
            }
        }
    }
}
