package org.vinestock.inventory;

import org.vinestock.model.Kind;
import org.vinestock.model.ObjectId;

/** A change of one row. */
public sealed interface Change {
    /** The table. */
    Kind<?> kind();

    /** The object. */
    ObjectId id();

    /** The row is now {@code value}. */
    record Put<T extends Record>(Kind<T> kind, ObjectId id, T value) implements Change {}

    /** The row is gone; removing what is not there changes nothing. */
    record Removed(Kind<?> kind, ObjectId id) implements Change {}
}
