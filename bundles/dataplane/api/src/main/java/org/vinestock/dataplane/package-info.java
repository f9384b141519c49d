/**
 * The data plane: processes that serve the disks of a host's guests and outlive the container. {@link
 * org.vinestock.dataplane.BlockExports} says what is served, {@link org.vinestock.dataplane.Images} works on whole images;
 * both are offered for each host by whoever runs its data plane, and used by the areas that own disks and VMs. Read {@link
 * org.vinestock.dataplane.DataPlane} first.
 */
@Version("1.0.0")
@NullMarked
package org.vinestock.dataplane;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
