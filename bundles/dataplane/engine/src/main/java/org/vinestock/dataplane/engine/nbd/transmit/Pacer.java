package org.vinestock.dataplane.engine.nbd.transmit;

import java.util.concurrent.locks.LockSupport;

/**
 * Decides whether to rest a moment before the next read, and how long, so that more requests gather: clients send them
 * one by one, and a read and a write for each cost more than all the rest. Rests are as long as it takes until about half
 * of what the client has outstanding is there, so that it has the other half to go on with. It pays only where many are
 * outstanding, so it is tried now and then, and given up where few gather.
 */
final class Pacer {
    private static final int WORTH = 10;
    private static final int TRIAL_RESTS = 16;
    private static final int PROBE_EVERY = 128;
    private static final int FIRST_TRIAL = 16;
    private static final int LAST_TRIAL = 4096;
    private static final long SHORTEST_NANOS = 5_000;

    private final long longestNanos;
    private long usualNanos;
    private boolean resting;
    private int rests;
    private double gathered;
    private double outstanding;
    private int untilTrial = FIRST_TRIAL;
    private int backoff = FIRST_TRIAL;

    /** @param longestNanos 0: never rests */
    Pacer(long longestNanos) {
        this.longestNanos = longestNanos;
    }

    /** Rests, if it seems worth it after a batch of so many requests. */
    void afterBatch(int requests) {
        if (decide(requests)) {
            LockSupport.parkNanos(this, restNanos());
        }
    }

    /** Whether to rest now. */
    boolean decide(int requests) {
        if (longestNanos == 0) {
            return false;
        }
        if (resting) {
            return goOn(requests);
        }
        if (requests >= 2 && --untilTrial <= 0) {
            resting = true;
            rests = 0;
            gathered = WORTH;
            usualNanos = longestNanos / 2;
        }
        return resting;
    }

    private boolean goOn(int requests) {
        if (probing()) {
            outstanding = requests;
        } else if (requests < outstanding * 0.4) {
            usualNanos = Math.min(longestNanos, usualNanos * 5 / 4);
        } else if (requests > outstanding * 0.6) {
            usualNanos = Math.max(SHORTEST_NANOS, usualNanos * 3 / 4);
        }
        gathered += (requests - gathered) / 4;
        if (++rests < TRIAL_RESTS) {
            return true;
        }
        if (gathered >= WORTH) {
            backoff = FIRST_TRIAL;
            return true;
        }
        resting = false;
        untilTrial = backoff;
        backoff = Math.min(LAST_TRIAL, backoff * 2);
        return false;
    }

    /** Now and then a rest is as long as can be: then all that the client has outstanding comes, and that is how it is counted. */
    private boolean probing() {
        return rests % PROBE_EVERY == 0;
    }

    /** How long the next rest is. */
    long restNanos() {
        return probing() ? longestNanos : usualNanos;
    }
}
