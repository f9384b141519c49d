package org.vinestock.inventory;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Computes something from a snapshot alone that is worth keeping while the inventory moves on, such as an index. A
 * constant: the inventory knows it by identity.
 *
 * <p><b>Calls.</b> On any thread, also on several at once; must not block. What it returns is immutable, may share
 * structure with what it was made from, and does not hold a snapshot.
 *
 * @param <D> what is derived
 */
@ConsumerType
public interface Derivation<D> {
    /** Computes it anew. */
    D build(Snapshot snapshot);

    /**
     * Returns what {@code build(now)} would, cheaply.
     *
     * @param before what was derived from {@code earlier}
     * @param changes what changed between the two, in order
     */
    D update(D before, Snapshot earlier, Snapshot now, List<Change> changes);
}
