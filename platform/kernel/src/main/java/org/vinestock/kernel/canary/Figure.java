package org.vinestock.kernel.canary;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a canary can be judged by; all of it is counted by the platform. */
enum Figure {
    /** Questions that the fallback answered: the strategy was late, threw, was refused or left out. */
    FALLBACKS,
    /** Answers that a guardrail refused. */
    VIOLATIONS,
    /** Answers that say that nothing can be done, such as that no host has room. */
    REFUSALS,
    /** Answers that came to no good when they were acted on. */
    BAD_OUTCOMES,
    /** How long 99 of 100 questions took at most. */
    P99;

    /** As people type it, such as {@code bad-outcomes}. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Figure> of(String text) {
        return Arrays.stream(values())
                .filter(figure -> figure.text().equals(text))
                .findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Figure::text).toList();
    }
}
