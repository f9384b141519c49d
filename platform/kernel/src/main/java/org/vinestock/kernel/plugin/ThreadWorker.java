package org.vinestock.kernel.plugin;

import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.decision.StrategyRef;

/**
 * A thread for one strategy: {@code vinestock-strategy-<name>-<version>}, with the plugin's class loader as its context
 * class loader. It waits for tasks, so this is a class at the edge.
 *
 * <p><b>State.</b> The thread is a daemon: one that never returns does not keep the process alive.
 */
public final class ThreadWorker implements Worker {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadWorker.class);
    private static final int MOST_FRAMES = 40;

    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final ClassLoader loader;
    private volatile boolean ended;
    private volatile int priority = Thread.NORM_PRIORITY;

    private ThreadWorker(StrategyRef strategy, ClassLoader loader) {
        this.loader = loader;
        thread = new Thread(this::work, "vinestock-strategy-" + strategy.name() + "-" + strategy.version());
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
    }

    /** Starts a thread for a strategy. */
    public static Worker hire(StrategyRef strategy, ClassLoader loader) {
        ThreadWorker worker = new ThreadWorker(strategy, loader);
        worker.thread.start();
        return worker;
    }

    private void work() {
        try {
            while (!ended) {
                run(tasks.take());
            }
        } catch (InterruptedException e) {
            // only abandon() interrupts between calls
        } finally {
            tasks.clear();
            thread.setContextClassLoader(null);
        }
    }

    private void run(Runnable task) {
        restore();
        try {
            task.run();
        } catch (Throwable thrown) {
            LOG.error("a task of {} threw", thread.getName(), thrown);
        }
    }

    @Override
    public void execute(Runnable task) {
        if (!ended) {
            tasks.add(task);
        }
    }

    @Override
    public boolean charges(Runnable rest) {
        return false;
    }

    @Override
    public void urgent(boolean urgent) {
        priority = urgent ? Thread.NORM_PRIORITY : Thread.MIN_PRIORITY;
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // a hint, and set back what a plugin may have set
    public void restore() {
        Thread.interrupted();
        if (thread.getPriority() != priority) {
            thread.setPriority(priority);
        }
        if (thread.getContextClassLoader() != loader) {
            thread.setContextClassLoader(loader);
        }
    }

    @Override
    public void end() {
        execute(() -> ended = true);
    }

    @Override
    public void abandon() {
        ended = true;
        tasks.clear();
        thread.interrupt();
    }

    @Override
    public String name() {
        return thread.getName();
    }

    @Override
    public String stack() {
        StringBuilder text = new StringBuilder();
        StackTraceElement[] frames = thread.getStackTrace();
        for (int i = 0; i < frames.length && i < MOST_FRAMES; i++) {
            text.append(i == 0 ? "" : "\n").append("at ").append(frames[i]);
        }
        return text.toString();
    }
}
