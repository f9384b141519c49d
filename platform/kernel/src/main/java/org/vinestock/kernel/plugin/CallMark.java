package org.vinestock.kernel.plugin;

/**
 * Is told when a call into a strategy begins and ends, so that somebody can find out whose call was running when the
 * process died. By the thread that calls; must cost next to nothing.
 */
public interface CallMark {
    /** Notes nothing. */
    CallMark NONE = running -> {};

    /** A call begins or has ended. */
    void running(boolean running);
}
