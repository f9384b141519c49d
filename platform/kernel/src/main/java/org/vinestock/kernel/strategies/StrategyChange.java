package org.vinestock.kernel.strategies;

/**
 * What a change of a strategy's state came to.
 *
 * @param strategy whose state changed, such as {@code acme@1.0}
 * @param now its state
 * @param message in words, such as {@code ACTIVE, best-fit stays warm, 0 calls lost}
 */
public record StrategyChange(String point, String strategy, StrategyState now, String message) {}
