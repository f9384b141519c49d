/**
 * The engine of the data plane: disks as stacked {@link org.vinestock.dataplane.engine.block.BlockDevice}s, image
 * formats, and the servers that guests reach them by.
 *
 * <p>Plain Java, without OSGi and without the platform: it runs in processes of its own, from its own copy of this jar,
 * so that guests keep their disks while the container is stopped, upgraded or killed. It has threads, waits and reads
 * clocks of its own; nothing here is simulated. Read {@link org.vinestock.dataplane.engine.block.BlockDevice} first.
 */
@NullMarked
package org.vinestock.dataplane.engine;

import org.jspecify.annotations.NullMarked;
