/** Notices disks that should be served and are not, and has them served again. */
@NullMarked
package org.vinestock.disk.provider.watch;

import org.jspecify.annotations.NullMarked;
