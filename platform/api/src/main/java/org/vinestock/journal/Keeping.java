package org.vinestock.journal;

import java.time.Duration;

/**
 * How much of a stream is kept; whichever of the two is reached first.
 *
 * @param longest how long
 * @param bytes how many bytes, compressed
 */
public record Keeping(Duration longest, long bytes) {
    /** Checks the ranges. */
    public Keeping {
        if (longest.isNegative() || longest.isZero() || bytes < 1) {
            throw new IllegalArgumentException(
                    "keeping for " + longest + " and " + bytes + " bytes; accepted: more than 0 of both");
        }
    }
}
