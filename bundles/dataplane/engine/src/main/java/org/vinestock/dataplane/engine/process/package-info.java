/**
 * The block process of a host: serves disks while containers come and go, and takes their orders over a socket.
 *
 * <p>Its life is in {@link org.vinestock.dataplane.engine.process.BlockProcess}, what it can be asked in
 * {@link org.vinestock.dataplane.engine.process.Session}, how it is started and kept alive in
 * {@link org.vinestock.dataplane.engine.process.Launch}. All that it has to remember is in one journal, so after a death it
 * serves again before anybody asks.
 */
@Version("1.0.0")
@NullMarked
package org.vinestock.dataplane.engine.process;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
