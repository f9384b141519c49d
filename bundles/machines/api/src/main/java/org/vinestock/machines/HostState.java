package org.vinestock.machines;

/** Whether a host answers. */
public enum HostState {
    /** It reports. */
    UP,
    /** It does not answer; what runs there is not known. */
    DOWN
}
