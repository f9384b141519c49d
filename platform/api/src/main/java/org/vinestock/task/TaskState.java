package org.vinestock.task;

/** How far a task is. */
public enum TaskState {
    /** Waits for its turn. */
    QUEUED,
    /** The machine would do it, and waits until a person approves or rejects it. */
    PROPOSED,
    /** A step is being carried out. */
    RUNNING,
    /** Waits: a provider is absent, acting is frozen, or a budget is used up; the message says which. */
    PARKED,
    /** Steps are being undone. */
    UNDOING,
    /** All steps are done. */
    DONE,
    /** A step failed; what was done is undone, unless the message says otherwise. */
    FAILED,
    /** Someone cancelled it; what was done is undone. */
    CANCELLED,
    /** Nothing was done: the machine recorded what it would do, as it was told. */
    OBSERVED;

    /** Whether nothing more will happen. */
    public boolean ended() {
        return this == DONE || this == FAILED || this == CANCELLED || this == OBSERVED;
    }
}
