package org.vinestock.operation;

/** Whether a step has happened. */
public enum StepState {
    /** Nothing of it happened. */
    NOT_BEGUN,
    /** Some of it happened, or it is under way. */
    HALF_WAY,
    /** All of it happened. */
    DONE
}
