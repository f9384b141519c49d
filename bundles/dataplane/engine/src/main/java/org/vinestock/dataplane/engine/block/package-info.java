/**
 * Disks: what every layer offers and every server asks, and the layers that know no image format.
 *
 * <p>Read {@link org.vinestock.dataplane.engine.block.BlockDevice} first.
 */
@NullMarked
package org.vinestock.dataplane.engine.block;

import org.jspecify.annotations.NullMarked;
