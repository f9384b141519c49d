package org.vinestock.machines;

/** Whether a VM runs. */
public enum PowerState {
    /** Powered off. */
    STOPPED,
    /** Powered on. */
    RUNNING
}
