/** Where VMs go. */
@Export
@Version("0.1.0")
@NullMarked
package org.vinestock.placement;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
