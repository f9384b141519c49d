package org.vinestock.report;

import java.util.List;

/** Values under one name, as many as the section that they belong to has places. */
public record Series(String name, List<Double> values) {
    /** Copies the list. */
    public Series {
        values = List.copyOf(values);
    }
}
