package org.vinestock.decision;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One decision as people read it, such as {@code place vm-1042 -> z1-r2-h07  best-fit@1.0  38 us  24 hosts: 19 fit}.
 *
 * @param point such as {@code placement.place}
 * @param subject the value of the id that the question was about, such as {@code vm-1042}
 * @param choice the answer in words, such as {@code z1-r2-h07}; or why there was none
 * @param by who answered
 * @param took from asking to the answer
 * @param because the strategy's sentence, with what the guardrails left out
 * @param fallbackBecause why the fallback answered instead of the active strategy; null if it did not
 */
public record DecisionLine(
        DecisionId id,
        Instant at,
        String point,
        String subject,
        String choice,
        StrategyRef by,
        Duration took,
        String because,
        @Nullable String fallbackBecause) {}
