package org.vinestock.inventory;

import java.util.List;

/**
 * Changes that happen together or not at all; one change set is one revision.
 *
 * @param basis the revision that the changes were made from: refused if one of the rows (kind and id) that they are about
 *     changed after it; another kind under the same id may have
 * @param changes at most one for each kind and id; empty = nothing to do
 * @param strict whether it is refused also if anything else changed after the basis: for changes that were checked against
 *     the whole of the state, such as capacity and rules
 */
public record ChangeSet(long basis, List<Change> changes, boolean strict) {
    /** Copies the list. */
    public ChangeSet {
        changes = List.copyOf(changes);
    }

    /** Makes one that minds its own objects only. */
    public ChangeSet(long basis, List<Change> changes) {
        this(basis, changes, false);
    }
}
