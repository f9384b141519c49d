package org.vinestock.decision;

import java.time.Duration;

/**
 * What an answer may cost.
 *
 * @param seed the only source of chance: the same seed must give the same answer
 * @param steps how many steps of its own an anytime search may take; it ends by them, so that a replay is the same
 * @param deadline when the call is cut off; never a way to end a search
 */
public record Budget(long seed, long steps, Duration deadline) {}
