package org.vinestock.kernel.permit;

/** How far the machine may go by itself in a function of a cluster; each mode goes further than the former ones. */
public enum Mode {
    /** It records what it would do. */
    OBSERVE,
    /** It proposes what it would do, and waits for a person. */
    ADVISE,
    /** It does it. */
    ACT
}
