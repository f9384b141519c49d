/**
 * What every host promises, as checks: providers of hosts run them in their tests. Read {@link
 * org.vinestock.machines.contract.HypervisorContract} first.
 */
@Version("0.1.0")
@NullMarked
package org.vinestock.machines.contract;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
