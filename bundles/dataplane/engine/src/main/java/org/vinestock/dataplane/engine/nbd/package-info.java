/**
 * Gives disks to guests and tools by the NBD protocol: fixed newstyle negotiation, structured replies, block status,
 * TLS; over unix sockets and TCP.
 *
 * <p>Follows the protocol document of the NetworkBlockDevice project (doc/proto.md). A connection has a thread and a
 * fixed piece of memory of its own and shares nothing with others but the device, so a client that stops reading, lies
 * or vanishes holds up itself only. Read {@link org.vinestock.dataplane.engine.nbd.NbdServer} first, then
 * {@link org.vinestock.dataplane.engine.nbd.Connection}, which says in which order things happen.
 */
@NullMarked
package org.vinestock.dataplane.engine.nbd;

import org.jspecify.annotations.NullMarked;
