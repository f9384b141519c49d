/**
 * Two-way streams of characters, such as the serial console of a VM: an area offers a {@link
 * org.vinestock.terminal.Terminal} among its services, and shell and REST are made of it.
 */
@Version("1.0.0")
@NullMarked
package org.vinestock.terminal;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
