/** The data plane of this machine: one process that serves its disks, and outlives the container. */
@NullMarked
package org.vinestock.dataplane.provider;

import org.jspecify.annotations.NullMarked;
