/** Figures of the store. */
@NullMarked
package org.vinestock.benchmarks.store;

import org.jspecify.annotations.NullMarked;
