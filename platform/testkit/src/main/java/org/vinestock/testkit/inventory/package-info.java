/**
 * What every inventory promises, as checks: {@link org.vinestock.testkit.inventory.InventoryContract}. A store runs them
 * on a {@link org.vinestock.testkit.inventory.TriedInventory}, most simply by {@link org.vinestock.testkit.Contracts}.
 */
@Version("0.1.0")
@NullMarked
package org.vinestock.testkit.inventory;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
