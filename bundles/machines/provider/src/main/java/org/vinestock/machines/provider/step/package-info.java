/** The steps by which VMs and hosts are changed. */
@NullMarked
package org.vinestock.machines.provider.step;

import org.jspecify.annotations.NullMarked;
