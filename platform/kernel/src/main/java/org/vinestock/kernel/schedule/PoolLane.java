package org.vinestock.kernel.schedule;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.vinestock.time.Lane;

/**
 * A lane on a pool: at most one thread of the pool is in {@link #run} at a time.
 *
 * <p>Invariant: {@code waiting} is the number of tasks given and not yet run, never negative. Whoever raises it from zero
 * hands the lane to the pool; the thread that lowers it to zero lets go of the lane. Both are atomic on {@code waiting},
 * so what one task writes the next one sees. A task is in the queue before it is counted, and nobody takes one that is not
 * counted yet: else the count would pass zero twice, and the lane would be in the pool twice.
 */
final class PoolLane implements Lane, Runnable {
    /** How many tasks in a row before other lanes get their turn. */
    private static final int TURN = 64;

    private final String name;
    private final ThreadPoolExecutor pool;
    private final TaskFailures failures;
    private final Queue<Runnable> tasks;
    private final AtomicInteger waiting = new AtomicInteger();

    PoolLane(String name, ThreadPoolExecutor pool, TaskFailures failures) {
        this(name, pool, failures, new ConcurrentLinkedQueue<>());
    }

    PoolLane(String name, ThreadPoolExecutor pool, TaskFailures failures, Queue<Runnable> tasks) {
        this.name = name;
        this.pool = pool;
        this.failures = failures;
        this.tasks = tasks;
    }

    @Override
    public void execute(Runnable task) {
        if (pool.isShutdown()) {
            throw closed();
        }
        tasks.add(task);
        if (waiting.getAndIncrement() == 0 && !givenToPool()) {
            drop();
            throw closed();
        }
    }

    @Override
    public void run() {
        int left;
        do {
            left = waiting.addAndGet(-runSome());
        } while (left != 0 && !givenToPool()); // while the scheduler closes, what was taken is still done here
    }

    private int runSome() {
        int counted = Math.min(waiting.get(), TURN);
        for (int i = 0; i < counted; i++) {
            runOne(tasks.remove());
        }
        return counted;
    }

    private void runOne(Runnable task) {
        try {
            task.run();
        } catch (Throwable thrown) {
            // A long task may still give work to lanes that take no more: it would be dropped anyway.
            if (!(thrown instanceof RejectedExecutionException && pool.isShutdown())) {
                failures.failed(name, thrown);
            }
        }
    }

    private boolean givenToPool() {
        try {
            pool.execute(this);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Lets go of tasks that came in while the pool was being closed. */
    private void drop() {
        int counted;
        do {
            counted = waiting.get();
            for (int i = 0; i < counted; i++) {
                tasks.remove();
            }
        } while (waiting.addAndGet(-counted) != 0);
    }

    private RejectedExecutionException closed() {
        return new RejectedExecutionException("lane " + name + " takes no more tasks: its scheduler is closed");
    }

    @Override
    public String toString() {
        return "lane " + name;
    }
}
