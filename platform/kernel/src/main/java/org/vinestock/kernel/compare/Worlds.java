package org.vinestock.kernel.compare;

import org.vinestock.area.TwinSpec;
import org.vinestock.decision.StrategyRef;

/** Makes twins in which a strategy is measured; see {@link Tried}. */
@FunctionalInterface
public interface Worlds {
    /**
     * Makes one.
     *
     * @param decides is in force at its point
     * @param asked is asked what the other one was asked, and decides nothing
     */
    World build(TwinSpec spec, StrategyRef decides, StrategyRef asked);
}
