/**
 * Decision points, the strategies that answer at them, and what a strategy is given and gives.
 *
 * <p>An area declares a {@link org.vinestock.decision.DecisionPoint} as a constant of its api; vendors implement the
 * point's {@link org.vinestock.decision.Strategy} interface and mark the class {@link
 * org.vinestock.decision.VinestockStrategy}; callers use {@link org.vinestock.decision.Decisions}. Read {@link
 * org.vinestock.decision.Strategy} first.
 */
@Version("1.0.0")
@NullMarked
package org.vinestock.decision;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
