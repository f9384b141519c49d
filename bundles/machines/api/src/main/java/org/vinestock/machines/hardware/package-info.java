/**
 * What a VM is built of beside CPU and memory: disks, network devices, and what it starts from. Read {@link
 * org.vinestock.machines.hardware.Hardware} first.
 */
@Version("1.0.0")
@NullMarked
package org.vinestock.machines.hardware;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
