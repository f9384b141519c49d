/**
 * The rows that describe a site: where hosts stand, what they are, which VMs there are. Desired and observed state are
 * two kinds under one id. Read {@link org.vinestock.machines.site.SiteKinds} first.
 */
@Version("1.0.0")
@NullMarked
package org.vinestock.machines.site;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
