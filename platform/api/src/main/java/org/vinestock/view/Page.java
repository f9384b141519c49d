package org.vinestock.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a view.
 *
 * @param heading a sentence above the table; empty = none
 * @param next what to ask for after this page; null if it was the last
 */
public record Page<R extends Record>(
        String heading, List<R> rows, @Nullable String next) {
    /** Copies the rows. */
    public Page {
        rows = List.copyOf(rows);
    }

    /** Makes the only page. */
    public Page(List<R> rows) {
        this("", rows, null);
    }
}
