package org.vinestock.kernel.site;

import org.jspecify.annotations.Nullable;
import org.vinestock.decision.StrategyRef;

/** Tells from looks now and then whether a call into a strategy goes on and on. Owned by the thread that looks. */
final class TwinWatch {
    /** A call that is still the same at so many looks in a row hangs. */
    static final int LOOKS = 20;

    private final TwinCalls calls;
    private long call = -1;
    private int seen;

    TwinWatch(TwinCalls calls) {
        this.calls = calls;
    }

    /** Looks; returns the strategy that hangs, or null. */
    @Nullable
    StrategyRef look() {
        StrategyRef current = calls.current();
        long now = calls.calls();
        seen = current != null && now == call ? seen + 1 : 0;
        call = now;
        return seen >= LOOKS ? current : null;
    }
}
