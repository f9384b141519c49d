package org.vinestock.kernel.export;

import org.vinestock.model.ErrorCode;

/** What can be in the way of an export. */
enum ExportError implements ErrorCode {
    /** The file cannot be written; the message says why. */
    NOT_WRITABLE(Cause.ENVIRONMENT);

    private final Cause cause;

    ExportError(Cause cause) {
        this.cause = cause;
    }

    @Override
    public Cause cause() {
        return cause;
    }
}
