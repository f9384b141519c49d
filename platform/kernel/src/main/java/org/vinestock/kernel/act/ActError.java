package org.vinestock.kernel.act;

import org.vinestock.model.ErrorCode;

/** What can be in the way of acting. */
public enum ActError implements ErrorCode {
    /** Another task holds an object; the message names both. */
    CLAIMED(Cause.CAPACITY),
    /** Acting is frozen; the message says by whom and how to go on. */
    FROZEN(Cause.CAPACITY),
    /** The area is known, its provider is not installed. */
    NO_PROVIDER(Cause.ENVIRONMENT),
    /** Somebody cancelled the task. */
    CANCELLED(Cause.CALLER),
    /** The machine was to record only what it would do; the message says what. */
    OBSERVED(Cause.CALLER),
    /** A person rejected what the machine proposed. */
    REJECTED(Cause.CALLER),
    /** The process ended while the task was taken back. */
    INTERRUPTED(Cause.ENVIRONMENT),
    /** Code of an area threw what it must not throw. */
    DEFECT(Cause.BUG);

    private final Cause cause;

    ActError(Cause cause) {
        this.cause = cause;
    }

    @Override
    public Cause cause() {
        return cause;
    }
}
