package org.vinestock.model;

import java.util.Objects;

/**
 * A table of the inventory: a constant of an area's api, by which any area keeps objects. Desired and observed state of
 * one object are two kinds under one id.
 *
 * @param name unique in the product, such as {@code vm} and {@code vm.observed}
 * @param type the rows: records of values, with the object's id as their first component
 */
public record Kind<T extends Record>(String name, Class<T> type) {
    /** Checks that nothing is missing. */
    public Kind {
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
    }

    @Override
    public String toString() {
        return name;
    }
}
