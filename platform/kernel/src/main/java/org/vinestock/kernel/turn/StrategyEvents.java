package org.vinestock.kernel.turn;

import org.vinestock.decision.StrategyRef;

/** Is told what happens to strategies while they are asked. From any thread; must not block. */
public interface StrategyEvents {
    /** Too many of its last answers failed; the fallback answers for a while. */
    void breakerOpened(StrategyRef strategy, String because);

    /** An answer on trial was good; it answers again. */
    void breakerClosed(StrategyRef strategy);

    /** A call did not return long after its deadline. {@code thread} and {@code stack} say where it is. */
    void stuck(StrategyRef strategy, String because, String thread, String stack);
}
