package org.vinestock.kernel.replay;

import java.time.Duration;
import java.time.Instant;

/**
 * What came of a replay.
 *
 * @param asked how many recorded questions were asked again
 * @param agree how many of them got the choice that was made then
 * @param violations how many answers the point's guardrails would refuse
 * @param failures how often the strategy threw, or gave no answer that could be used
 * @param late how many answers took longer than the point's deadline, so that the fallback would have answered
 * @param passedOver decisions that were not asked: they had no answer, cannot be read, or their state is no longer kept
 * @param took how long all of it took, states included
 * @param perSecond questions a second
 */
public record Replayed(
        String id,
        String point,
        String strategy,
        Instant at,
        int asked,
        int agree,
        int violations,
        int failures,
        int late,
        long passedOver,
        Duration p50,
        Duration p99,
        Duration took,
        long perSecond) {}
