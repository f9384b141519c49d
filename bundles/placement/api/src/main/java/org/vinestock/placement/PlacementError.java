package org.vinestock.placement;

import org.vinestock.model.ErrorCode;

/** What may go wrong with placement rules. */
public enum PlacementError implements ErrorCode {
    /** Someone else changed the rule meanwhile. */
    RULE_CHANGED(Cause.ENVIRONMENT);

    private final Cause cause;

    PlacementError(Cause cause) {
        this.cause = cause;
    }

    @Override
    public Cause cause() {
        return cause;
    }
}
