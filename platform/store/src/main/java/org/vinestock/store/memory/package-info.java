/** The store that keeps everything in memory: for twins, tests, and sites that may forget. */
@NullMarked
package org.vinestock.store.memory;

import org.jspecify.annotations.NullMarked;
