/** A large site, and what it takes to look at it. */
@NullMarked
package org.vinestock.benchmarks.site;

import org.jspecify.annotations.NullMarked;
