package org.vinestock.task;

/** How far a task is. */
public enum TaskState {
    /** Waits for its turn. */
    QUEUED,
    /** A step is being carried out. */
    RUNNING,
    /** Waits for a person: a provider is absent, or acting is frozen. */
    PARKED,
    /** Steps are being undone. */
    UNDOING,
    /** All steps are done. */
    DONE,
    /** A step failed; what was done is undone, unless the message says otherwise. */
    FAILED,
    /** Someone cancelled it; what was done is undone. */
    CANCELLED;

    /** Whether nothing more will happen. */
    public boolean ended() {
        return this == DONE || this == FAILED || this == CANCELLED;
    }
}
