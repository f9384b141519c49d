/** Stories of small sites under many seeds. */
@NullMarked
package org.vinestock.benchmarks.simulate;

import org.jspecify.annotations.NullMarked;
