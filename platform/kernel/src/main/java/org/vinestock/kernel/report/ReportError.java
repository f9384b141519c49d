package org.vinestock.kernel.report;

import org.vinestock.model.ErrorCode;

/** What may go wrong with reports. */
public enum ReportError implements ErrorCode {
    /** It could not be written or read; the message says why. */
    REPORT_NOT_KEPT(Cause.ENVIRONMENT);

    private final Cause cause;

    ReportError(Cause cause) {
        this.cause = cause;
    }

    @Override
    public Cause cause() {
        return cause;
    }
}
