/**
 * What a VM is to QEMU, and the arguments that say so. Read {@link org.vinestock.qemu.machine.Hardware} first.
 */
@NullMarked
package org.vinestock.qemu.machine;

import org.jspecify.annotations.NullMarked;
