/** Hosts whose VMs are real: processes of QEMU on this machine. */
@NullMarked
package org.vinestock.qemu;

import org.jspecify.annotations.NullMarked;
