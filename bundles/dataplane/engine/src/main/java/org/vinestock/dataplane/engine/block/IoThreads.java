package org.vinestock.dataplane.engine.block;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The threads that wait for slow media: a fixed number, shared by all devices of a process.
 *
 * <p><b>Calls.</b> {@link #submit} by any thread; it never waits for a task and allocates nothing: tasks link to each other.
 */
public final class IoThreads implements AutoCloseable {
    /** Something that may take long; queued once at a time. */
    public abstract static class Task implements Runnable {
        private @Nullable Task next;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final List<Thread> threads = new ArrayList<>();
    private @Nullable Task first;
    private @Nullable Task last;
    private int idle;
    private int waiting;
    private boolean closed;

    /**
     * Threads start when there is work for them.
     *
     * @param name of each thread, before its number
     * @param most threads, so the most calls that a medium sees at once
     */
    public IoThreads(String name, int most) {
        for (int i = 1; i <= most; i++) {
            Thread thread = new Thread(this::work, name + "-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
    }

    /** Runs {@code task} soon, after those submitted before it have begun. */
    public void submit(Task task) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the threads of I/O are stopped");
            }
            if (last == null) {
                first = task;
            } else {
                last.next = task;
            }
            last = task;
            waiting++;
            if (waiting <= idle) {
                arrived.signal();
            } else {
                startOne();
            }
        } finally {
            lock.unlock();
        }
    }

    private void startOne() {
        for (Thread thread : threads) {
            if (thread.getState() == Thread.State.NEW) {
                thread.start();
                return;
            }
        }
    }

    private void work() {
        while (true) {
            Task task = take();
            if (task == null) {
                return;
            }
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                System.getLogger(IoThreads.class.getName()).log(System.Logger.Level.ERROR, "a request broke off", e);
            }
        }
    }

    private @Nullable Task take() {
        lock.lock();
        try {
            idle++;
            while (first == null && !closed) {
                arrived.awaitUninterruptibly();
            }
            idle--;
            Task task = first;
            if (task != null) {
                waiting--;
                first = task.next;
                task.next = null;
                if (first == null) {
                    last = null;
                }
            }
            return task;
        } finally {
            lock.unlock();
        }
    }

    /** Lets what was submitted end, then the threads. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
        for (Thread thread : threads) {
            boolean interrupted = false;
            while (thread.getState() != Thread.State.NEW && thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
