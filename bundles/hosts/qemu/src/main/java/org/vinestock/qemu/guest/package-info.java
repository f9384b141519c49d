/**
 * What runs inside a guest and speaks with its host: QEMU's guest agent. Read {@link org.vinestock.qemu.guest.GuestAgent}
 * first.
 */
@NullMarked
package org.vinestock.qemu.guest;

import org.jspecify.annotations.NullMarked;
