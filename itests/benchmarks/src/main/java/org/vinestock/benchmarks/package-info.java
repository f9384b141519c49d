/** Figures, each by a command. */
@NullMarked
package org.vinestock.benchmarks;

import org.jspecify.annotations.NullMarked;
