package org.vinestock.view;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Writes and reads records as JSON: keys are the components' names in their order, ids and units are strings as people
 * type them, instants ISO-8601, a member of a sealed family carries its simple name as {@code type}. Unknown fields are
 * ignored, absent ones are filled with what an empty value of the type is, or refused by name if there is none. Any
 * thread.
 */
@ProviderType
public interface Codec {
    /** Writes a value. */
    String write(Object value);

    /**
     * Reads a value.
     *
     * @throws IllegalArgumentException naming the field, line and column, and what is accepted
     */
    <T> T read(String json, Class<T> type);

    /**
     * Reads one value of a record's component from what a person typed.
     *
     * @throws IllegalArgumentException saying what is accepted
     */
    Object parse(String text, java.lang.reflect.RecordComponent component);
}
