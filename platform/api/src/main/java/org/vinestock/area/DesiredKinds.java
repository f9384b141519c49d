package org.vinestock.area;

import java.util.List;
import org.vinestock.model.Kind;

/**
 * The kinds of an area's rows that people decide on: what {@code site.export} writes and {@code site.import} reads, in this
 * order. Among the services of {@link Parts}. A row of such a kind has its id in a component named {@code id}.
 */
public record DesiredKinds(List<Kind<?>> kinds) {
    /** Copies the list. */
    public DesiredKinds {
        kinds = List.copyOf(kinds);
    }
}
