package org.vinestock.kernel.ledger;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts latencies in 264 buckets, eight for each power of two nanoseconds, so that a quantile is at most an eighth too
 * large. No locks, no allocation; from any thread.
 */
public final class LatencyHistogram {
    private static final int EXACT = 8;
    private static final int POWERS = 33;

    private final AtomicLongArray buckets = new AtomicLongArray(POWERS * EXACT);

    /** Counts one. */
    public void add(long nanos) {
        buckets.incrementAndGet(bucket(nanos));
    }

    /** How many were counted. */
    public long count() {
        long count = 0;
        for (int i = 0; i < buckets.length(); i++) {
            count += buckets.get(i);
        }
        return count;
    }

    /** The latency that a share of all stayed below; zero if none was counted. */
    public Duration quantile(double share) {
        long wanted = (long) Math.ceil(count() * share);
        long seen = 0;
        for (int i = 0; i < buckets.length(); i++) {
            seen += buckets.get(i);
            if (seen >= wanted && seen > 0) {
                return Duration.ofNanos(upperEnd(i));
            }
        }
        return Duration.ZERO;
    }

    /** How many were longer than {@code aboveNanos}, and not longer than {@code upToNanos}; as exact as the buckets are. */
    public long between(long aboveNanos, long upToNanos) {
        long count = 0;
        for (int i = 0; i < buckets.length(); i++) {
            long end = upperEnd(i);
            count += end > aboveNanos && end <= upToNanos ? buckets.get(i) : 0;
        }
        return count;
    }

    /** Forgets everything. */
    public void clear() {
        for (int i = 0; i < buckets.length(); i++) {
            buckets.set(i, 0);
        }
    }

    private static int bucket(long nanos) {
        if (nanos < EXACT) {
            return (int) Math.max(0, nanos);
        }
        int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
        int within = (int) (nanos >>> (power - 3)) & (EXACT - 1);
        return Math.min((power - 2) * EXACT + within, POWERS * EXACT - 1);
    }

    private static long upperEnd(int bucket) {
        if (bucket < EXACT) {
            return bucket;
        }
        int power = bucket / EXACT + 2;
        long width = 1L << (power - 3);
        return (1L << power) + (bucket % EXACT + 1) * width - 1;
    }
}
