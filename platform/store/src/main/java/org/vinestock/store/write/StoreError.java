package org.vinestock.store.write;

import org.vinestock.model.ErrorCode;

/** Conditions of the store that a caller cannot prevent. */
public enum StoreError implements ErrorCode {
    /** A former state is asked for that is no longer kept, or a future one. */
    REVISION_UNKNOWN(Cause.CALLER);

    private final Cause cause;

    StoreError(Cause cause) {
        this.cause = cause;
    }

    @Override
    public Cause cause() {
        return cause;
    }
}
