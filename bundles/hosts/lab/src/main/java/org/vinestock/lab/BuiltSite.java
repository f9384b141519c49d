package org.vinestock.lab;

import org.vinestock.lab.site.SiteShape;
import org.vinestock.machines.site.SiteId;
import org.vinestock.model.Kind;

/**
 * The site that people have had built: it comes back with the lab. The demo site has no such row, for it is made anew from
 * its configuration at each start.
 *
 * @param arrivals VMs a second at speed 1
 */
record BuiltSite(SiteId id, SiteShape shape, double arrivals) {
    static final Kind<BuiltSite> KIND = new Kind<>("lab.site", BuiltSite.class);
    static final SiteId ID = new SiteId("lab");
}
