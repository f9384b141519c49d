package org.vinestock.journal;

import java.time.Instant;
import java.util.Objects;

/**
 * A line of a stream.
 *
 * @param number from 1, grows within a stream; lines that were forgotten leave gaps
 * @param at when it was appended
 * @param key what it is about, such as a task's id: 1 to 200 characters
 * @param text such as JSON; at most 1,000,000 characters
 */
public record Line(long number, Instant at, String key, String text) {
    /** Checks that nothing is missing. */
    public Line {
        Objects.requireNonNull(at);
        Objects.requireNonNull(key);
        Objects.requireNonNull(text);
    }
}
