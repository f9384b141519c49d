/**
 * What image formats lie on: a file, or what stands in for one, read and written by whoever waits for it.
 *
 * <p>Read {@link org.vinestock.dataplane.engine.medium.Medium} first.
 */
@NullMarked
package org.vinestock.dataplane.engine.medium;

import org.jspecify.annotations.NullMarked;
