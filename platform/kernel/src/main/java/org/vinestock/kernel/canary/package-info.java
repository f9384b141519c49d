/**
 * A strategy on trial: which subjects it decides about, for how long, and what ends the trial early. Plain values and
 * counts; {@link org.vinestock.kernel.strategies.Roster} begins and ends trials, {@code kernel.turn} counts. Read {@link
 * org.vinestock.kernel.canary.Terms} first.
 */
@NullMarked
package org.vinestock.kernel.canary;

import org.jspecify.annotations.NullMarked;
