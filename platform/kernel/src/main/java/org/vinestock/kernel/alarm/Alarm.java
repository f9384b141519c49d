package org.vinestock.kernel.alarm;

import java.time.Instant;

/**
 * Something that needs a person.
 *
 * @param subject what it is about, such as a strategy or a point; with {@code kind} it names the alarm
 * @param kind such as {@code breaker-open}
 * @param message what happened and what to do, in a sentence
 */
public record Alarm(String subject, String kind, String message, Instant since) {}
