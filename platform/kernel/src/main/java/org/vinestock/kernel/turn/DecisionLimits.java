package org.vinestock.kernel.turn;

import java.time.Duration;

/**
 * The numbers by which decisions are bounded.
 *
 * @param callerTakes how many waiting questions a caller's thread answers before the point's lane goes on
 * @param laneTakes how many questions a point's lane answers before other lanes have a go
 * @param watchEvery how often deadlines are looked at while a call is outstanding; a deadline is met late by up to twice
 *     this
 * @param idleBeats how many such looks at nothing pass before looking stops; saves starting it for every call
 * @param longestWait how many deadlines a question waits for a vendor's strategy before the fallback answers it: a bound
 *     on the queue
 * @param abandonAfter how long past its deadline a call may go on before its thread is abandoned and the strategy
 *     quarantined
 * @param breakerWindow the breaker looks at this many of the last answers, 1 to 64
 * @param breakerFailures it opens when this many of them were failures
 * @param breakerRetry how long it stays open before one question is tried
 * @param shadowQueue how many questions may wait for a shadow; 0 = shadows are never asked
 * @param ledgerRows how many decisions the ledger holds
 * @param ledgerBytes how many bytes they may take, roughly
 * @param ledgerEvery how often decisions are written into the ledger
 * @param steps what {@code Budget.steps} says
 * @param charged what an answer is charged with on average, in place of measured time; zero = it is measured
 */
public record DecisionLimits(
        int callerTakes,
        int laneTakes,
        Duration watchEvery,
        int idleBeats,
        int longestWait,
        Duration abandonAfter,
        int breakerWindow,
        int breakerFailures,
        Duration breakerRetry,
        int shadowQueue,
        int ledgerRows,
        long ledgerBytes,
        Duration ledgerEvery,
        long steps,
        Duration charged) {
    private static final Duration CHARGED = Duration.ofNanos(20_000);

    /** What the container uses unless configured. */
    public static final DecisionLimits DEFAULTS = new DecisionLimits(
            32,
            256,
            Duration.ofMillis(1),
            100,
            20,
            Duration.ofSeconds(5),
            20,
            5,
            Duration.ofSeconds(10),
            256,
            10_000,
            32L << 20,
            Duration.ofMillis(5),
            100_000,
            Duration.ZERO);

    /** Checks the ranges. */
    public DecisionLimits {
        atLeast("callerTakes", callerTakes, 1);
        atLeast("laneTakes", laneTakes, 1);
        atLeast("idleBeats", idleBeats, 0);
        atLeast("longestWait", longestWait, 1);
        atLeast("breakerWindow", breakerWindow, 1);
        atLeast("breakerFailures", breakerFailures, 1);
        atLeast("shadowQueue", shadowQueue, 0);
        atLeast("ledgerRows", ledgerRows, 1);
        if (breakerWindow > Long.SIZE || breakerFailures > breakerWindow) {
            throw new IllegalArgumentException("breakerFailures " + breakerFailures + " of breakerWindow "
                    + breakerWindow + "; accepted: failures up to the window, window up to " + Long.SIZE);
        }
    }

    /** The same with another breaker. */
    public DecisionLimits breaker(int window, int failures, Duration retry) {
        return new DecisionLimits(
                callerTakes,
                laneTakes,
                watchEvery,
                idleBeats,
                longestWait,
                abandonAfter,
                window,
                failures,
                retry,
                shadowQueue,
                ledgerRows,
                ledgerBytes,
                ledgerEvery,
                steps,
                charged);
    }

    /** The same with a ledger of another size. */
    public DecisionLimits ledger(int rows, long bytes) {
        return new DecisionLimits(
                callerTakes,
                laneTakes,
                watchEvery,
                idleBeats,
                longestWait,
                abandonAfter,
                breakerWindow,
                breakerFailures,
                breakerRetry,
                shadowQueue,
                rows,
                bytes,
                ledgerEvery,
                steps,
                charged);
    }

    /**
     * The same for a site in simulated time: nothing beats while nobody asks, shadows, which decide nothing, are not
     * asked, and answers, which take no simulated time, are charged with some.
     */
    public DecisionLimits simulated() {
        return new DecisionLimits(
                callerTakes,
                laneTakes,
                watchEvery,
                0,
                longestWait,
                abandonAfter,
                breakerWindow,
                breakerFailures,
                breakerRetry,
                0,
                ledgerRows,
                ledgerBytes,
                ledgerEvery,
                steps,
                CHARGED);
    }

    /** The same with another number of questions that may wait for a shadow. */
    public DecisionLimits shadows(int waiting) {
        return new DecisionLimits(
                callerTakes,
                laneTakes,
                watchEvery,
                idleBeats,
                longestWait,
                abandonAfter,
                breakerWindow,
                breakerFailures,
                breakerRetry,
                waiting,
                ledgerRows,
                ledgerBytes,
                ledgerEvery,
                steps,
                charged);
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " " + value + "; accepted: " + least + " or more");
        }
    }
}
