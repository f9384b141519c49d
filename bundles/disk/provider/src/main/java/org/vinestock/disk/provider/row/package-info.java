/** The rows beside those of disks, who uses a disk, and what that forbids. */
@NullMarked
package org.vinestock.disk.provider.row;

import org.jspecify.annotations.NullMarked;
