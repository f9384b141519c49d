package org.vinestock.dataplane.engine.nbd.transmit;

import java.util.List;
import org.vinestock.dataplane.engine.nbd.Export;
import org.vinestock.dataplane.engine.nbd.MetaContext;

/**
 * What client and server agreed on.
 *
 * @param structured replies to reads come in chunks
 * @param contexts what block status tells about, empty: it is refused
 */
public record Agreement(Export export, boolean structured, List<MetaContext> contexts) {
    public Agreement {
        contexts = List.copyOf(contexts);
    }
}
