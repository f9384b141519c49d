package org.vinestock.kernel.turn;

import org.vinestock.model.ErrorCode;

/** Why a decision could not be made, or a strategy's state not be changed. */
public enum DecisionError implements ErrorCode {
    /** Acting is frozen, and the request does not say that it is to be done nevertheless. */
    FROZEN(Cause.CALLER),
    /** The guardrails refuse even the fallback's answer. */
    NO_VALID_ANSWER(Cause.CAPACITY),
    /** A budget has no room for what was chosen; whoever acts waits in line. */
    BUDGET_EXCEEDED(Cause.CAPACITY),
    /** The inventory refused the changes that a choice needs. */
    NOT_RESERVED(Cause.CAPACITY),
    /** The area of the decision point is not there. */
    NO_PROVIDER(Cause.ENVIRONMENT),
    /** Code of the platform threw while it decided. */
    DECISION_FAILED(Cause.BUG),
    /** The strategy's state does not allow it. */
    STRATEGY_STATE(Cause.CALLER),
    /** A plugin may not run; the message says why. */
    PLUGIN_REFUSED(Cause.CALLER),
    /** The change is in force but could not be written down, so that it ends with this process. */
    STATE_NOT_KEPT(Cause.ENVIRONMENT);

    private final Cause cause;

    DecisionError(Cause cause) {
        this.cause = cause;
    }

    @Override
    public Cause cause() {
        return cause;
    }
}
