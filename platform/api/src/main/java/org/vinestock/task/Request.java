package org.vinestock.task;

import org.jspecify.annotations.Nullable;

/**
 * Who asks, and how.
 *
 * @param by a person's name, or {@code area/reason} for what the machine starts
 * @param idempotencyKey a second request with the same key, by the same person, yields the first one's task
 * @param despiteFreeze whether to act although acting is frozen
 */
public record Request(String by, @Nullable String idempotencyKey, boolean despiteFreeze) {
    /** Makes a plain request. */
    public Request(String by) {
        this(by, null, false);
    }

    /** Whether a person asks: only the names of what the machine starts have a slash. */
    public boolean byPerson() {
        return by.indexOf('/') < 0;
    }
}
