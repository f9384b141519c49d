/** Recorded arrivals, replayed without a container. */
@NullMarked
package org.vinestock.benchmarks.replay;

import org.jspecify.annotations.NullMarked;
