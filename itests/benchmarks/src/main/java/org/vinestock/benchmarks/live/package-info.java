/** A large site live in the built distribution: what it costs to start, to look at, to listen to and to change. */
@NullMarked
package org.vinestock.benchmarks.live;

import org.jspecify.annotations.NullMarked;
