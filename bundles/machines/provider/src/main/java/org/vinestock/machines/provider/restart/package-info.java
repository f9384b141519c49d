/** Restarts VMs whose host failed. */
@NullMarked
package org.vinestock.machines.provider.restart;

import org.jspecify.annotations.NullMarked;
