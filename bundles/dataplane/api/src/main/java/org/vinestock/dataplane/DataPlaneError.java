package org.vinestock.dataplane;

import org.vinestock.model.ErrorCode;

/** What may go wrong with disks that are served. */
public enum DataPlaneError implements ErrorCode {
    /** The process that serves the host's disks does not answer. */
    PLANE_UNREACHABLE(Cause.ENVIRONMENT),
    /** A newer container gives the orders now. */
    STALE_EPOCH(Cause.ENVIRONMENT),
    /** An image cannot be opened or is not what was said. */
    BAD_IMAGE(Cause.CALLER),
    /** There is something under that name already. */
    EXISTS(Cause.CALLER),
    /** Somebody uses it. */
    IN_USE(Cause.CALLER),
    /** There is no room on the disk. */
    NO_ROOM(Cause.CAPACITY),
    /** Somebody cancelled it. */
    CANCELLED(Cause.CALLER),
    /** Reading or writing failed. */
    IO_FAILED(Cause.ENVIRONMENT);

    private final Cause cause;

    DataPlaneError(Cause cause) {
        this.cause = cause;
    }

    @Override
    public Cause cause() {
        return cause;
    }
}
