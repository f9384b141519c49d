/**
 * The QEMU Machine Protocol: JSON lines over a unix socket, one for commands and one for events, after QEMU's "QMP
 * specification" (docs/interop/qmp-spec). Read {@link org.vinestock.qemu.qmp.Monitor} first.
 */
@NullMarked
package org.vinestock.qemu.qmp;

import org.jspecify.annotations.NullMarked;
