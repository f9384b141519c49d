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
 * <p>Invariant: {@code waiting} is the number of tasks given and not yet run. Whoever raises it from zero hands the lane
 * to the pool; the thread that lowers it to zero lets go of the lane. Both are atomic on {@code waiting}, so what one
 * task writes the next one sees.
 */
final class PoolLane implements Lane, Runnable {
    /** How many tasks in a row before other lanes get their turn. */
    private static final int TURN = 64;

    private final String name;
    private final ThreadPoolExecutor pool;
    private final TaskFailures failures;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    PoolLane(String name, ThreadPoolExecutor pool, TaskFailures failures) {
        this.name = name;
        this.pool = pool;
        this.failures = failures;
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
        int done = 0;
        while (done < TURN) {
            Runnable task = tasks.poll();
            if (task == null) {
                break;
            }
            runOne(task);
            done++;
        }
        return done;
    }

    private void runOne(Runnable task) {
        try {
            task.run();
        } catch (Throwable thrown) {
            failures.failed(name, thrown);
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
        int dropped;
        do {
            dropped = 0;
            while (tasks.poll() != null) {
                dropped++;
            }
        } while (waiting.addAndGet(-dropped) != 0);
    }

    private RejectedExecutionException closed() {
        return new RejectedExecutionException("lane " + name + " takes no more tasks: its scheduler is closed");
    }

    @Override
    public String toString() {
        return "lane " + name;
    }
}
