package org.vinestock.benchmarks.replay;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.TreeMap;

/** Adds up the processor time of the threads that twins run on, which come and go. */
final class TwinClock implements Runnable {
    private static final long EVERY_MILLIS = 100;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Map<Long, Long> nanos = new TreeMap<>();

    TwinClock() {
        Thread looking = new Thread(this, "twin-clock");
        looking.setDaemon(true);
        looking.start();
    }

    @Override
    public void run() {
        try {
            while (true) {
                look();
                Thread.sleep(EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void look() {
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("vinestock-twin")) {
                long used = threads.getThreadCpuTime(thread.getThreadId());
                if (used > 0) {
                    nanos.put(thread.getThreadId(), used);
                }
            }
        }
    }

    synchronized double seconds() {
        look();
        return nanos.values().stream().mapToLong(Long::longValue).sum() / 1e9;
    }
}
