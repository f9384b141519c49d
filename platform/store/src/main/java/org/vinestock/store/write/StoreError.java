package org.vinestock.store.write;

import org.vinestock.model.ErrorCode;

/** Conditions of the store that a caller cannot prevent. */
public enum StoreError implements ErrorCode {
    /** A former state is asked for that is no longer kept, or a future one. */
    REVISION_UNKNOWN(Cause.CALLER),
    /** The database does not answer, is full, or cannot be used. */
    STORE_UNAVAILABLE(Cause.ENVIRONMENT),
    /** Another process leads on this database; what this one had not yet written is not there. */
    NOT_LEADING(Cause.ENVIRONMENT),
    /** What the database holds does not fit this version or was damaged. */
    STORE_UNREADABLE(Cause.ENVIRONMENT);

    private final Cause cause;

    StoreError(Cause cause) {
        this.cause = cause;
    }

    @Override
    public Cause cause() {
        return cause;
    }
}
