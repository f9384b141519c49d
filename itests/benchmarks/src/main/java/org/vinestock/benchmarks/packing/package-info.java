/** Rules of packing compared on recorded arrivals, with bounds on what any rule could reach. */
@NullMarked
package org.vinestock.benchmarks.packing;

import org.jspecify.annotations.NullMarked;
