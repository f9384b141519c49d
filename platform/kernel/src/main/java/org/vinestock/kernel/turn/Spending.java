package org.vinestock.kernel.turn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a reservation takes from an action budget. Asked in the turn that reserves, on any thread; never blocks. */
@FunctionalInterface
public interface Spending {
    /** Takes nothing. */
    Spending NONE = clusters -> null;

    /**
     * Takes its part; a second call changes nothing.
     *
     * @param clusters on which the answer acts; the budget of the first one is asked
     * @return why there is no room for it, so that nothing may be reserved and it waits in line; null if it has its part
     */
    @Nullable
    String take(List<String> clusters);
}
