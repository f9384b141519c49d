package org.vinestock.kernel.compare;

import org.vinestock.model.ErrorCode;

/** What may go wrong when strategies are compared. */
public enum CompareError implements ErrorCode {
    /** No area that is installed plays a world in which questions of the point come up, or nobody keeps reports. */
    NO_WORLD(Cause.ENVIRONMENT),
    /** A strategy did not return, and the twin in which it decided was ended; the message names it. */
    STRATEGY_NEVER_RETURNED(Cause.ENVIRONMENT),
    /** Nothing happened any more in a twin although its world had not come to its end. */
    TRIAL_STUCK(Cause.BUG),
    /** Someone cancelled. */
    CANCELLED(Cause.CALLER);

    private final Cause cause;

    CompareError(Cause cause) {
        this.cause = cause;
    }

    @Override
    public Cause cause() {
        return cause;
    }
}
