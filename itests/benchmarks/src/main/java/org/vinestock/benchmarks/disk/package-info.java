/** Disks: our NBD server and our work on images beside the usual ones. */
@NullMarked
package org.vinestock.benchmarks.disk;

import org.jspecify.annotations.NullMarked;
