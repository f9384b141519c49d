package org.vinestock.kernel.ledger;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What is counted of one strategy since it arrived. Any thread, no locks. */
public final class Figures {
    private final LatencyHistogram latency = new LatencyHistogram();
    private final LatencyHistogram shadowLatency = new LatencyHistogram();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong passedOver = new AtomicLong();
    private final AtomicLong returnedLate = new AtomicLong();
    private final AtomicLong starved = new AtomicLong();
    private final AtomicLong shadowed = new AtomicLong();
    private final AtomicLong agreed = new AtomicLong();
    private final AtomicLong violations = new AtomicLong();
    private final AtomicLong shadowFailures = new AtomicLong();
    private final AtomicLong shadowsDropped = new AtomicLong();
    private final AtomicLong outcomes = new AtomicLong();
    private final AtomicLong badOutcomes = new AtomicLong();
    private volatile @Nullable String lastFailure;

    /** Counts an answer that decided. */
    public void answered(long nanos) {
        latency.add(nanos);
    }

    /** Counts a failure, and why. */
    public void failed(String because) {
        failures.incrementAndGet();
        lastFailure = because;
    }

    /** Counts a question that went to the fallback for no fault of this answer. */
    public void passedOver() {
        passedOver.incrementAndGet();
    }

    /** Counts an answer that came too late and was dropped. */
    public void returnedLate() {
        returnedLate.incrementAndGet();
    }

    /** Counts a question that went to the fallback because the strategy's thread got no processor to begin in time. */
    public void starved() {
        starved.incrementAndGet();
    }

    /** Counts an answer as a shadow. */
    public void shadowAnswered(boolean agrees, boolean violates, long nanos) {
        shadowed.incrementAndGet();
        shadowLatency.add(nanos);
        if (agrees) {
            agreed.incrementAndGet();
        }
        if (violates) {
            violations.incrementAndGet();
        }
    }

    /** Counts a failure as a shadow. */
    public void shadowFailed(String because) {
        shadowed.incrementAndGet();
        shadowFailures.incrementAndGet();
        lastFailure = because;
    }

    /** Counts a question that it was not asked as a shadow. */
    public void shadowDropped() {
        shadowsDropped.incrementAndGet();
    }

    /** Counts an answer of which it was told what became of it; {@code bad}: it came to no good. */
    public void ended(boolean bad) {
        outcomes.incrementAndGet();
        if (bad) {
            badOutcomes.incrementAndGet();
        }
    }

    /** Answers that decided something. */
    public long calls() {
        return latency.count();
    }

    /** Times of answers that decided something. */
    public LatencyHistogram latency() {
        return latency;
    }

    /** Times of answers that were given as a shadow. */
    public LatencyHistogram shadowLatency() {
        return shadowLatency;
    }

    /** Late, thrown or refused answers that should have decided something. */
    public long failures() {
        return failures.get();
    }

    /** Questions that went to the fallback without a failure: breaker open, still busy, waited too long. */
    public long passedOverCount() {
        return passedOver.get();
    }

    /** Answers that came after their deadline, and were dropped. */
    public long returnedLateCount() {
        return returnedLate.get();
    }

    /** Questions that went to the fallback because the strategy's thread got no processor to begin in time. */
    public long starvedCount() {
        return starved.get();
    }

    /** Questions that it was asked as a shadow. */
    public long shadowed() {
        return shadowed.get();
    }

    /** How often it chose, as a shadow, what was chosen. */
    public long agreed() {
        return agreed.get();
    }

    /** How often the guardrails would have refused what it chose as a shadow. */
    public long violations() {
        return violations.get();
    }

    /** How often it threw as a shadow, or gave no answer that could be used. */
    public long shadowFailures() {
        return shadowFailures.get();
    }

    /** Questions that it was not asked as a shadow, because too many waited. */
    public long shadowsDropped() {
        return shadowsDropped.get();
    }

    /** Answers of which it was told what became of them. */
    public long outcomes() {
        return outcomes.get();
    }

    /** Of these, how many came to no good. */
    public long badOutcomes() {
        return badOutcomes.get();
    }

    /** What went wrong last; null if nothing did. */
    public @Nullable String lastFailure() {
        return lastFailure;
    }
}
