package org.vinestock.qemu.guest;

/** The guest agent is not there, did not answer in time, or refused. Whatever a guest says is not to be trusted. */
public final class GuestAgentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean answered;

    GuestAgentException(String message, boolean answered) {
        super(message);
        this.answered = answered;
    }

    /** Whether the agent refused; else it said nothing, and may have done it or not. */
    public boolean answered() {
        return answered;
    }
}
