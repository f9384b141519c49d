/**
 * What every placement strategy promises, as checks that run in a vendor's tests and in the container before a plugin may
 * decide; and a site made by hand to try strategies on. Read {@link org.vinestock.placement.contract.PlacementContract}
 * first.
 */
@Version("1.0.0")
@NullMarked
package org.vinestock.placement.contract;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
