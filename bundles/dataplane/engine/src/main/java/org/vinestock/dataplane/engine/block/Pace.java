package org.vinestock.dataplane.engine.block;

/**
 * Learns from how long a medium took whether to wait for its next answer on the caller's thread or on another one.
 *
 * <p>Racy on purpose: a lost sample changes nothing. What moving the bytes takes is not held against the medium.
 */
final class Pace {
    private static final long SLOW_NANOS = 150_000;
    private static final long QUICK_NANOS = 40_000;
    private static final int BYTES_A_NANO = 2;

    private long average;
    private boolean slow;

    /** Whether answers came at once lately. */
    boolean quick() {
        return !slow;
    }

    void took(long nanos, long bytes) {
        long waited = Math.max(0, nanos - bytes / BYTES_A_NANO);
        // One stall of a second, as of a collection, is soon forgotten.
        average += (Math.min(waited, 10_000_000) - average) / 16;
        if (slow ? average < QUICK_NANOS : average > SLOW_NANOS) {
            slow = !slow;
        }
    }
}
