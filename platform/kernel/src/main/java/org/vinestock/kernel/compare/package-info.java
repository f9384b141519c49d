/**
 * Compares two strategies of a point, each alone in a simulated site: {@code strategy.compare}. Knows no area: an area's {@code
 * TrialGround} plays the world, the point's {@code Score} says what counts. Read {@link
 * org.vinestock.kernel.compare.CompareOperation} first, then {@link org.vinestock.kernel.compare.TrialRun}.
 */
@NullMarked
package org.vinestock.kernel.compare;

import org.jspecify.annotations.NullMarked;
