package org.vinestock.trial;

import org.jspecify.annotations.Nullable;

/**
 * What world is wanted.
 *
 * @param on what happens in it: {@code live}, {@code demand}, or a file
 * @param hosts how many hosts it has; null = as many as its kind usually has
 * @param minutes how much of it, in simulated time; null = as much as its kind usually has
 * @param seed decides what is left to chance
 */
public record TrialRequest(
        String on, @Nullable Integer hosts, @Nullable Integer minutes, long seed) {}
