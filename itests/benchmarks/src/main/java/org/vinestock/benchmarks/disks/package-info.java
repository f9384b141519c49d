/** Figures of the engine that serves disks, beside those of the tools of QEMU and of nbdkit in the same run. */
@NullMarked
package org.vinestock.benchmarks.disks;

import org.jspecify.annotations.NullMarked;
