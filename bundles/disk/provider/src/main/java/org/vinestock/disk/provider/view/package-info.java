/** The views of disks. */
@NullMarked
package org.vinestock.disk.provider.view;

import org.jspecify.annotations.NullMarked;
