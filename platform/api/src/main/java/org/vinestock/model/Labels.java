package org.vinestock.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Words that people attach to an object, such as {@code app=web}, in the order of their keys. */
public record Labels(SortedMap<String, String> values) {
    /** No label at all. */
    public static final Labels NONE = new Labels(new TreeMap<>());

    /** Copies, so that nobody changes them later. */
    public Labels {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** Returns labels with one entry. */
    public static Labels of(String key, String value) {
        SortedMap<String, String> one = new TreeMap<>();
        one.put(key, value);
        return new Labels(one);
    }

    /** Tells whether {@code key} is present with {@code value}. */
    public boolean has(String key, String value) {
        return value.equals(values.get(key));
    }
}
