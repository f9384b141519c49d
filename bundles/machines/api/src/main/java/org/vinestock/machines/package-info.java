/**
 * Machines: the VMs of a site, the hypervisors that run them, and the operations on both.
 *
 * <p>Providers of hosts implement {@link org.vinestock.machines.Hypervisor} and offer a {@link
 * org.vinestock.machines.Hypervisors}; everyone else uses the operations in {@link
 * org.vinestock.machines.MachineOperations} and the rows in {@code org.vinestock.machines.site}. Read {@link
 * org.vinestock.machines.Hypervisor} first.
 */
@Version("1.0.0")
@NullMarked
package org.vinestock.machines;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
