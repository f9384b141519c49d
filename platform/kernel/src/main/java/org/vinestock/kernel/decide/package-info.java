/**
 * The decisions of one site as the rest of the kernel sees them. Read {@link
 * org.vinestock.kernel.decide.DecisionKernel} first.
 */
@NullMarked
package org.vinestock.kernel.decide;

import org.jspecify.annotations.NullMarked;
