/**
 * This machine as a host: its VMs are processes of QEMU, its memory of them is their directories. Read {@link
 * org.vinestock.qemu.host.QemuHost} first.
 */
@NullMarked
package org.vinestock.qemu.host;

import org.jspecify.annotations.NullMarked;
