package org.vinestock.kernel.compare;

import java.time.Duration;

/**
 * How one strategy did.
 *
 * @param asked questions of the point
 * @param refused questions that were turned away
 * @param usedMean what the answers used up, on average over simulated time
 * @param usedPeak the most of it
 * @param moves answers that moved what had its place already
 * @param vetoes answers that the guardrails refused
 * @param byFallback questions that the fallback answered instead, vetoes included
 * @param p50 how long half of its answers took at most, by the clock
 * @param agreement share of the questions to which the other strategy, asked about the same state, gave the same answer
 */
public record Figures(
        String strategy,
        long asked,
        long refused,
        double usedMean,
        long usedPeak,
        long moves,
        long vetoes,
        long byFallback,
        Duration p50,
        Duration p99,
        double agreement) {}
