/**
 * The state of the site: rows of kinds, changed by change sets, seen through snapshots by revision.
 *
 * <p>An area keeps its own objects as {@link org.vinestock.model.Kind} constants; the inventory is generic over kinds.
 * Read {@link org.vinestock.inventory.Snapshot} first, then {@link org.vinestock.inventory.Inventory}.
 */
@Version("1.0.0")
@NullMarked
package org.vinestock.inventory;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
