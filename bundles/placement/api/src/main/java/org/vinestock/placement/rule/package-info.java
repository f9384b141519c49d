/**
 * What people demand of places: rules over groups of VMs and domains of hosts.
 *
 * <p>A group is every VM with one label; a domain is a host, a rack or a zone. Rules are rows of the inventory. Read {@link
 * org.vinestock.placement.rule.PlacementRule} first.
 */
@Version("1.0.0")
@NullMarked
package org.vinestock.placement.rule;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
