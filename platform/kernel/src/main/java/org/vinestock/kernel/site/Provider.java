package org.vinestock.kernel.site;

import org.vinestock.area.Area;

/**
 * Who brings an area.
 *
 * @param bundle its bundle's symbolic name; outside a container the name of the area's class
 * @param version its bundle's; empty outside a container
 */
record Provider(Area area, String bundle, String version) {
    /** An area without a bundle, as in tests and twins. */
    static Provider of(Area area) {
        return new Provider(area, area.getClass().getName(), "");
    }
}
