package org.vinestock.report;

import java.time.Instant;
import java.util.List;

/**
 * What came of something, for people.
 *
 * @param operation what made it, such as {@code strategy.compare}
 * @param title what it is about, in some words
 * @param verdict what came of it, in one plain sentence or two
 * @param madeAt when it was made; not part of what is repeatable
 * @param by who asked for it
 * @param sections in the order in which they are to be read
 */
public record Report(
        ReportId id,
        String operation,
        String title,
        String verdict,
        Instant madeAt,
        String by,
        List<Section> sections) {
    /** Copies the list. */
    public Report {
        sections = List.copyOf(sections);
    }
}
