package org.vinestock.kernel.site;

import java.time.Duration;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which simulated sites run while their callers wait, so that one whose strategy never returns can be left
 * behind. They are daemons, named {@code vinestock-twin-1} and so on, and end when idle.
 */
public final class TwinThreads implements AutoCloseable {
    private static final long IDLE_SECONDS = 5;

    private final AtomicInteger number = new AtomicInteger();
    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "vinestock-twin-" + number.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });
    private final Duration patience;

    /**
     * Makes one without threads.
     *
     * @param patience how long one call into a strategy may take
     */
    public TwinThreads(Duration patience) {
        this.patience = patience;
    }

    Duration patience() {
        return patience;
    }

    void execute(Runnable run) {
        pool.execute(run);
    }

    /** Interrupts what runs; returns at once. */
    @Override
    public void close() {
        pool.shutdownNow();
    }
}
