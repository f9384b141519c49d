/**
 * What a VM may offer beside its power state: asked for by {@link org.vinestock.machines.Machine#capability}, present, or
 * missing with the reason. All of it may be called from any thread and never blocks; stages complete on any thread, and fail
 * with a {@code VinestockException} that names the VM.
 */
@Version("1.0.0")
@NullMarked
package org.vinestock.machines.capability;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
