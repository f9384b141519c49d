package org.vinestock.kernel.replay;

import org.vinestock.model.ErrorCode;

/** Why a replay did not come to its end. */
public enum ReplayError implements ErrorCode {
    /** A call into the strategy did not return. */
    STRATEGY_HANGS(Cause.ENVIRONMENT),
    /** The strategy, or its point's area, left. */
    STRATEGY_LEFT(Cause.ENVIRONMENT),
    /** There are no decisions that could be asked again. */
    NOTHING_TO_REPLAY(Cause.CALLER);

    private final Cause cause;

    ReplayError(Cause cause) {
        this.cause = cause;
    }

    @Override
    public Cause cause() {
        return cause;
    }
}
