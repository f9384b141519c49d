package org.vinestock.machines;

/** Whether a VM runs. */
public enum PowerState {
    /** Powered off. */
    STOPPED,
    /** Powered on. */
    RUNNING,
    /** Powered on, and its virtual CPUs stand still: somebody paused it, or a disk failed. Nobody wants a VM to be so. */
    PAUSED
}
