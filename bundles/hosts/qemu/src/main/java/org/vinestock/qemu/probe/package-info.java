/** Whether this machine runs guests by its CPU. */
@NullMarked
package org.vinestock.qemu.probe;

import org.jspecify.annotations.NullMarked;
