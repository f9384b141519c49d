/** What a decision costs. */
@NullMarked
package org.vinestock.benchmarks.decide;

import org.jspecify.annotations.NullMarked;
