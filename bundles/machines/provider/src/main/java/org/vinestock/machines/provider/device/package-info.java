/** Devices that are plugged into VMs and out of them, and their balloons. */
@NullMarked
package org.vinestock.machines.provider.device;

import org.jspecify.annotations.NullMarked;
