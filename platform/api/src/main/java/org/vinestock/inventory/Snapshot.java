package org.vinestock.inventory;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.vinestock.model.Kind;

/**
 * The site at one revision: immutable, shared, never copied. Any thread may read it; holding one holds its memory.
 */
@ProviderType
public interface Snapshot {
    /** Which state this is. */
    SnapshotRef ref();

    /** The hosts as columns. */
    Hosts hosts();

    /** The rows of a kind; empty for a kind that never had one. */
    <T extends Record> Rows<T> rows(Kind<T> kind);

    /**
     * Returns what changed after {@code revision} up to this snapshot, in order. Empty = no longer known: build anew.
     */
    Optional<List<Change>> changesSince(long revision);

    /**
     * Returns what {@code derivation} makes of this snapshot. The inventory keeps what was derived from recent snapshots,
     * so that mostly only the changes since are looked at; this default computes it anew.
     */
    default <D> D derive(Derivation<D> derivation) {
        return derivation.build(this);
    }
}
