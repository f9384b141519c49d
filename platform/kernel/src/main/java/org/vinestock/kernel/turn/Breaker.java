package org.vinestock.kernel.turn;

import java.time.Duration;
import org.vinestock.time.Scheduler;

/**
 * Leaves a strategy out for a while after too many failures: it opens when {@code failures} of the last {@code window}
 * answers were late, thrown or refused by a guardrail. It counts answers, not time, so that it works alike at one
 * question a minute and at 100,000 a second. While it is open the fallback answers; after {@code retry} one question is
 * tried: its answer closes the breaker or keeps it open for as long again.
 *
 * <p>Owned by whoever holds the point's turn; {@link #position} from any thread.
 */
final class Breaker {
    /** Whether questions come through. */
    enum Position {
        /** They do. */
        CLOSED,
        /** They do not. */
        OPEN,
        /** One does, on trial. */
        TRIAL
    }

    private final Scheduler scheduler;
    private final long window;
    private final int failures;
    private final long retryNanos;
    /** The last answers, the newest in the lowest bit; 1 = failed. */
    private long last;

    private long openedAt;
    private volatile Position position = Position.CLOSED;

    Breaker(Scheduler scheduler, int window, int failures, Duration retry) {
        this.scheduler = scheduler;
        this.window = -1L >>> (Long.SIZE - window);
        this.failures = failures;
        retryNanos = retry.toNanos();
    }

    Position position() {
        return position;
    }

    /** Whether the next question may come through. */
    boolean lets() {
        if (position == Position.CLOSED) {
            return true;
        }
        if (position == Position.OPEN && scheduler.nanoTime() - openedAt < retryNanos) {
            return false;
        }
        // A trial that is still without result was taken away from its strategy; the next question is the trial then.
        position = Position.TRIAL;
        return true;
    }

    /** Counts a good answer; true if the breaker closed by it. */
    boolean succeeded() {
        last <<= 1;
        if (position == Position.CLOSED) {
            return false;
        }
        last = 0;
        position = Position.CLOSED;
        return true;
    }

    /** Counts a failure; true if the breaker opened by it, for the first time or again. */
    boolean failed() {
        last = last << 1 | 1;
        if (position == Position.CLOSED && Long.bitCount(last & window) < failures) {
            return false;
        }
        openedAt = scheduler.nanoTime();
        position = Position.OPEN;
        return true;
    }

    /** Closes it and forgets what was counted: a person decided anew. */
    void reset() {
        last = 0;
        position = Position.CLOSED;
    }
}
