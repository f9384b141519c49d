/** The operations on disks, planned. */
@NullMarked
package org.vinestock.disk.provider.operation;

import org.jspecify.annotations.NullMarked;
