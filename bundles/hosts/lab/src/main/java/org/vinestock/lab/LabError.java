package org.vinestock.lab;

import org.vinestock.model.ErrorCode;

/** What may go wrong in the lab. */
public enum LabError implements ErrorCode {
    /** The inventory did not take the rows of the site; the message says why. */
    SITE_REFUSED(Cause.ENVIRONMENT),
    /** Someone cancelled. */
    CANCELLED(Cause.CALLER),
    /** A site without the operations on VMs cannot replay arrivals. */
    NOTHING_TO_DRIVE(Cause.ENVIRONMENT),
    /** A replay did not come to its end although its trace did. */
    REPLAY_STUCK(Cause.BUG);

    private final Cause cause;

    LabError(Cause cause) {
        this.cause = cause;
    }

    @Override
    public Cause cause() {
        return cause;
    }
}
