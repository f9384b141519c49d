package org.vinestock.dataplane.engine.block;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts the requests that are under way, in phases, so that what they may still be looking at is given to nobody else.
 *
 * <p>A phase begins when all requests of the one before the last are over. So what was unlinked in phase {@code n} is
 * seen by nobody from phase {@code n + 2} on. Counters are spread over cache lines by thread; nothing here waits but
 * {@link #awaitNone}.
 */
public final class InFlight {
    private static final int STRIPES = 16;
    private static final int LINE = 32;

    private final AtomicIntegerArray counts = new AtomicIntegerArray((STRIPES + 1) * LINE);
    private volatile long phase;

    /** A request begins; what is returned goes to {@link #exit}. */
    public int enter() {
        int stripe = LINE + ((int) Thread.currentThread().getId() & (STRIPES - 1)) * LINE;
        while (true) {
            long now = phase;
            int slot = stripe + (int) (now & 1);
            counts.incrementAndGet(slot);
            if (phase == now) {
                return slot;
            }
            counts.decrementAndGet(slot);
        }
    }

    /** The request that was given {@code slot} is over. */
    public void exit(int slot) {
        counts.decrementAndGet(slot);
    }

    /** The phase that requests which begin now belong to. */
    public long phase() {
        return phase;
    }

    /** Begins the next phase if all of the one before are over. */
    public synchronized boolean advance() {
        if (count(1 - (int) (phase & 1)) > 0) {
            return false;
        }
        phase++;
        return true;
    }

    private int count(int parity) {
        int sum = 0;
        for (int i = 1; i <= STRIPES; i++) {
            sum += counts.get(i * LINE + parity);
        }
        return sum;
    }

    /** Waits until at most {@code others} requests are under way. */
    public void awaitNone(int others) {
        while (count(0) + count(1) > others) {
            LockSupport.parkNanos(50_000);
        }
    }
}
