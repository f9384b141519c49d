package org.vinestock.kernel.strategies;

import java.time.Instant;

/**
 * A line that is kept across restarts; of lines with the same {@code what} and {@code key} the newest counts.
 *
 * @param what the subject: {@code strategy}, {@code freeze}, {@code start}
 * @param key within the subject, such as a strategy's full name
 * @param value such as its state; empty = forgotten
 * @param because why, in words
 * @param by who did it
 */
public record Kept(String what, String key, String value, String because, String by, Instant at) {}
