/**
 * The second half of an NBD connection: requests in, replies out.
 *
 * <p>Many requests are parsed a read and many replies sent a write; nothing is allocated per request. Read
 * {@link org.vinestock.dataplane.engine.nbd.transmit.Transmission} first.
 */
@NullMarked
package org.vinestock.dataplane.engine.nbd.transmit;

import org.jspecify.annotations.NullMarked;
