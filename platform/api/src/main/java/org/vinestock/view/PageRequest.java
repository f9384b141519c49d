package org.vinestock.view;

/**
 * Which rows of a view to return.
 *
 * @param after {@link Page#next} of the page before; empty = from the beginning
 * @param limit how many rows at most, 1 to {@value #MAX_LIMIT}
 */
public record PageRequest(String after, int limit) {
    /** The largest page. */
    public static final int MAX_LIMIT = 10_000;

    /** Checks the limit. */
    public PageRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit " + limit + "; accepted: 1 to " + MAX_LIMIT);
        }
    }
}
