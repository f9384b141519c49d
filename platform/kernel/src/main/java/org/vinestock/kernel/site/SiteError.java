package org.vinestock.kernel.site;

import org.vinestock.model.ErrorCode;

/** What can be wrong with a site as a whole. */
public enum SiteError implements ErrorCode {
    /** A strategy in a simulated site did not return; the message names it. */
    STRATEGY_HANGS(Cause.BUG),
    /** The simulated site has ended. */
    TWIN_ENDED(Cause.CALLER),
    /** The process ended while it made a backup. */
    BACKUP_CUT_OFF(Cause.ENVIRONMENT),
    /** There are no simulated sites beside a simulated one. */
    NO_TWINS(Cause.CALLER);

    private final Cause cause;

    SiteError(Cause cause) {
        this.cause = cause;
    }

    @Override
    public Cause cause() {
        return cause;
    }
}
