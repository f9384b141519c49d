/**
 * Where VMs go: the decision point {@code placement.place}.
 *
 * <p>Vendors implement {@link org.vinestock.placement.PlacementStrategy}, mostly with the help of {@link
 * org.vinestock.placement.HostScan}; whoever needs a place asks at {@link org.vinestock.placement.Placements#PLACE}. Read
 * {@link org.vinestock.placement.PlacementStrategy} first.
 */
@Version("1.0.0")
@NullMarked
package org.vinestock.placement;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
