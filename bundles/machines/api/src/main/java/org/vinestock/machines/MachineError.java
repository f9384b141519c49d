package org.vinestock.machines;

import org.vinestock.model.ErrorCode;

/** What may go wrong with machines. */
public enum MachineError implements ErrorCode {
    /** The host does not answer. */
    HOST_UNREACHABLE(Cause.ENVIRONMENT),
    /** Nobody runs the host now; a task that needs it waits, for whoever does may come. */
    NO_PROVIDER(Cause.ENVIRONMENT),
    /** Someone acts with a lease that was taken over. */
    STALE_EPOCH(Cause.ENVIRONMENT),
    /** No host can take the VM. */
    NO_HOST_FITS(Cause.CAPACITY),
    /** The VM is not on the host that should run it. */
    VM_NOT_THERE(Cause.ENVIRONMENT),
    /** The host, or this VM, cannot do what is asked; the message says why. */
    NOT_OFFERED(Cause.ENVIRONMENT),
    /** The VM is off, and what is asked needs one that runs. */
    VM_OFF(Cause.CALLER),
    /** The guest does not do its part, such as letting go of a device. */
    GUEST_REFUSES(Cause.ENVIRONMENT),
    /** Someone else changed the same object meanwhile. */
    CHANGED_MEANWHILE(Cause.ENVIRONMENT);

    private final Cause cause;

    MachineError(Cause cause) {
        this.cause = cause;
    }

    @Override
    public Cause cause() {
        return cause;
    }
}
