package org.vinestock.machines;

/** What can be done to a VM's power. */
public enum PowerAction {
    /** Switches it on; nothing if it runs. */
    START,
    /** Asks the guest to shut down. */
    SHUT_DOWN,
    /** Switches it off at once. */
    STOP
}
