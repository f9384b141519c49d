/** What swapping a vendor's jar costs a running site. */
@NullMarked
package org.vinestock.benchmarks.swap;

import org.jspecify.annotations.NullMarked;
