/**
 * Disks: what there are, what they are made of, who uses them, and the operations on them. VMs name disks; {@link
 * org.vinestock.disk.DiskSteps} are the steps by which an operation of another area makes, serves and removes them. Read
 * {@link org.vinestock.disk.Disk} first.
 */
@Version("1.0.0")
@NullMarked
package org.vinestock.disk;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
