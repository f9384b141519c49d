package org.vinestock.disk;

import org.vinestock.model.ErrorCode;

/** What may go wrong with disks. */
public enum DiskError implements ErrorCode {
    /** Nobody runs the data plane of the host now; a task that needs it waits. */
    NO_PROVIDER(Cause.ENVIRONMENT),
    /** A VM or an overlay uses the disk. */
    DISK_IN_USE(Cause.CALLER),
    /** The disk is not on the host that needs it. */
    DISK_ELSEWHERE(Cause.CALLER),
    /** There is no such disk, or none any more. */
    NO_SUCH_DISK(Cause.CALLER),
    /** The image is not what the row says. */
    IMAGE_DIFFERS(Cause.ENVIRONMENT);

    private final Cause cause;

    DiskError(Cause cause) {
        this.cause = cause;
    }

    @Override
    public Cause cause() {
        return cause;
    }
}
