package org.vinestock.kernel.json;

import java.io.IOException;

/**
 * How values of one type look in JSON and as text. Immutable, any thread.
 *
 * @param <T> the values; a primitive type is its box
 */
abstract class Shape<T> {
    /** Writes a value. */
    abstract void write(JsonOutput out, T value);

    /** Reads a value whose first token is the input's current one, and is not {@code null}. */
    abstract T read(JsonInput in) throws IOException;

    /**
     * Reads what a person typed.
     *
     * @throws IllegalArgumentException saying what is accepted
     */
    T parse(String text) {
        return JsonInput.read(text, this);
    }

    /** Whether {@link #empty} stands for a value that is absent. */
    boolean hasEmpty() {
        return false;
    }

    /** Whether people may leave out a parameter of this type. */
    boolean optional() {
        return false;
    }

    /** The value that stands for an absent one; called only if there is one. */
    T empty() {
        throw new IllegalStateException(getClass().getSimpleName() + " has no empty value");
    }

    /** What is accepted, for errors: {@code a number from 1 to 5}. */
    abstract String accepted();
}
