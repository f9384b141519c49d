/**
 * How a qcow2 image is laid out: header, tables, entries, checked before anything is made of them.
 *
 * <p>After the public specification of the format; where that leaves something open, what other programs accept decides.
 */
@NullMarked
package org.vinestock.dataplane.engine.qcow2.format;

import org.jspecify.annotations.NullMarked;
