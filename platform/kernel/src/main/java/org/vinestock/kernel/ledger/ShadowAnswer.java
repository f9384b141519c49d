package org.vinestock.kernel.ledger;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.StrategyRef;
import org.vinestock.model.Violation;

/**
 * What a shadow would have answered.
 *
 * @param choice null if it did not answer
 * @param failure why it did not answer; null if it did
 * @param violations what the guardrails would have refused
 * @param agrees whether it chose the same
 */
public record ShadowAnswer<A>(
        StrategyRef by,
        @Nullable A choice,
        String because,
        @Nullable String failure,
        List<Violation> violations,
        boolean agrees,
        Duration took) {}
