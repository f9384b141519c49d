/** A decision point that is asked at a high rate, to show and to try how that is done. */
@NullMarked
package org.vinestock.testkit.rate;

import org.jspecify.annotations.NullMarked;
