package org.vinestock.inventory;

import java.util.List;

/**
 * Changes that happen together or not at all; one change set is one revision.
 *
 * @param basis the revision that the changes were made from: refused if one of its objects changed after it
 * @param changes at most one for each kind and id; empty = nothing to do
 */
public record ChangeSet(long basis, List<Change> changes) {
    /** Copies the list. */
    public ChangeSet {
        changes = List.copyOf(changes);
    }
}
