package org.vinestock.model;

import org.jspecify.annotations.Nullable;

/** A condition that the caller could not prevent; the message carries the numbers and the remedy. */
public final class VinestockException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;

    /** Makes one without a cause. */
    public VinestockException(ErrorCode code, String message) {
        this(code, message, null);
    }

    /** Makes one with a cause. */
    public VinestockException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** The condition. */
    public ErrorCode code() {
        return code;
    }
}
