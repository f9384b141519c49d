package org.vinestock.kernel.canary;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.vinestock.kernel.ledger.LatencyHistogram;

/**
 * What is counted of one side of a trial since it began: of the canary's questions, or of the others. Any thread, no
 * locks.
 */
public final class Side {
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong fallbacks = new AtomicLong();
    private final AtomicLong violations = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();
    private final AtomicLong excused = new AtomicLong();
    private final AtomicLong badOutcomes = new AtomicLong();
    private final LatencyHistogram latency = new LatencyHistogram();
    private final Runnable counted;

    /** Makes one that counted nothing. {@code counted} is run after each question, on any thread, and must not block. */
    public Side(Runnable counted) {
        this.counted = counted;
    }

    /**
     * Counts a question that has ended.
     *
     * @param byFallback whether the fallback answered it
     * @param refusal whether the answer was that nothing can be done
     */
    public void ended(boolean byFallback, boolean refusal, Duration took) {
        if (byFallback) {
            fallbacks.incrementAndGet();
        }
        if (refusal) {
            refusals.incrementAndGet();
        }
        latency.add(took.toNanos());
        asked.incrementAndGet();
        counted.run();
    }

    /** Counts a question that the fallback answered for no fault of the strategy: its thread got no processor. */
    public void excused() {
        excused.incrementAndGet();
    }

    /** A question ended that says nothing of either side; an answer to it may have been refused before. */
    public void passed() {
        counted.run();
    }

    /** Counts an answer that a guardrail refused. */
    public void violated() {
        violations.incrementAndGet();
    }

    /** Counts an answer of which whoever acted said that it came to no good. */
    public void endedBadly() {
        badOutcomes.incrementAndGet();
        counted.run();
    }

    long count(Figure figure) {
        return switch (figure) {
            case FALLBACKS -> fallbacks.get();
            case VIOLATIONS -> violations.get();
            case REFUSALS -> refusals.get();
            case BAD_OUTCOMES -> badOutcomes.get();
            case P99 -> asked.get();
        };
    }

    /** How many questions have ended, without those that are excused. */
    public long asked() {
        return asked.get();
    }

    Duration p99() {
        return latency.quantile(0.99);
    }

    /** A figure as percentage of what was asked; 0 if nothing was. */
    double percent(Figure figure) {
        long all = asked();
        return all == 0 ? 0 : 100.0 * count(figure) / all;
    }

    long excusedCount() {
        return excused.get();
    }
}
