/**
 * The unix sockets of a host's VMs - monitors, guest agents, consoles - all read and written by one thread, so that a
 * hundred VMs cost no hundred threads. Read {@link org.vinestock.qemu.wire.SocketLoop} first.
 */
@NullMarked
package org.vinestock.qemu.wire;

import org.jspecify.annotations.NullMarked;
