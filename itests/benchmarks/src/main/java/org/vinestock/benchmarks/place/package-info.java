/** What placement costs on large sites. */
@NullMarked
package org.vinestock.benchmarks.place;

import org.jspecify.annotations.NullMarked;
