/** Figures on the built distribution. */
@NullMarked
package org.vinestock.benchmarks;

import org.jspecify.annotations.NullMarked;
