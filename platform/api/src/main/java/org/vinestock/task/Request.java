package org.vinestock.task;

import org.jspecify.annotations.Nullable;

/**
 * Who asks, and how.
 *
 * @param by a person's name, or {@code area/reason} for what the machine starts
 * @param idempotencyKey a second request with the same key, by the same person, yields the first one's task
 * @param despiteFreeze whether to act although acting is frozen
 * @param function for which function of a cluster the machine asks by itself, such as {@code restart}: how far that may go
 *     is for people to say; null if it is not the machine that asks
 */
public record Request(
        String by,
        @Nullable String idempotencyKey,
        boolean despiteFreeze,
        @Nullable String function) {
    /** Makes the request of somebody, not of the machine. */
    public Request(String by, @Nullable String idempotencyKey, boolean despiteFreeze) {
        this(by, idempotencyKey, despiteFreeze, null);
    }

    /** Makes a plain request. */
    public Request(String by) {
        this(by, null, false);
    }

    /** Whether a person asks: only the names of what the machine starts have a slash. */
    public boolean byPerson() {
        return by.indexOf('/') < 0;
    }
}
