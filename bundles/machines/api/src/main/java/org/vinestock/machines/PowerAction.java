package org.vinestock.machines;

/** What can be done to a VM's power. */
public enum PowerAction {
    /** Switches it on; nothing if it runs. */
    START,
    /** Asks the guest to shut down. */
    SHUT_DOWN,
    /** Switches it off at once. */
    STOP,
    /** Stops its virtual CPUs; nothing if it is paused. One that is off stays off. */
    PAUSE,
    /** Lets it go on; nothing if it runs. One that is off stays off. */
    RESUME,
    /** Presses its reset button; one that is off stays off. */
    RESET
}
