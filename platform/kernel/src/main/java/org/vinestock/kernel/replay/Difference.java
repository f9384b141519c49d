package org.vinestock.kernel.replay;

import org.vinestock.decision.DecisionId;

/**
 * A decision that a replayed strategy would have made otherwise.
 *
 * @param then what was chosen
 * @param now what the strategy chooses; empty if it failed
 * @param why its reason, what the guardrails would have refused, or how it failed
 */
public record Difference(DecisionId decision, String subject, String then, String now, String why) {}
