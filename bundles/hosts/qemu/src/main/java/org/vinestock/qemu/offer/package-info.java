/** What a VM of QEMU offers beside its power state: one class a capability of machines. */
@NullMarked
package org.vinestock.qemu.offer;

import org.jspecify.annotations.NullMarked;
