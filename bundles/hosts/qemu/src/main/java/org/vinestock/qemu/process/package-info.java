/**
 * Processes that outlive the container: how they are started, known again, and ended. Read {@link
 * org.vinestock.qemu.process.Launcher} first.
 */
@NullMarked
package org.vinestock.qemu.process;

import org.jspecify.annotations.NullMarked;
