package org.vinestock.machines.provider.view;

/** What people read of a VM's state. */
public enum VmState {
    /** It runs where it should be. */
    RUNNING,
    /** It is where it should be, and stands still: somebody paused it, or a disk failed. */
    PAUSED,
    /** It is off, where it should be. */
    STOPPED,
    /** It has a place and is not there yet. */
    PLACED,
    /** It is on another host than it should be. */
    MOVING,
    /** It is wanted and has no place. */
    HOMELESS,
    /** Its host is down: it may run there or not. */
    UNKNOWN,
    /** It is on a host though nobody asked for it. */
    STRAY
}
