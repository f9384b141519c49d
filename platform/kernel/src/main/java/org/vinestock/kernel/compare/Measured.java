package org.vinestock.kernel.compare;

import java.util.List;
import java.util.SortedMap;
import org.vinestock.kernel.ledger.LatencyHistogram;

/**
 * What was measured of one strategy in its world.
 *
 * @param seconds when the series were read, since the world began
 * @param used what was used up at each of these moments
 * @param refusals questions that had been turned away up to each of them
 * @param brokenRules how often the guardrails refused an answer, by the rule that it broke
 * @param instead why the fallback answered, by reason, the last ones that differed
 */
record Measured(
        Figures figures,
        List<Double> seconds,
        List<Double> used,
        List<Double> refusals,
        SortedMap<String, Integer> brokenRules,
        List<String> instead,
        LatencyHistogram latency) {}
