/** The steps that make, serve, check, resize and remove disks. */
@NullMarked
package org.vinestock.disk.provider.step;

import org.jspecify.annotations.NullMarked;
