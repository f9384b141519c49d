package org.vinestock.kernel.canary;

/** What becomes of a canary that lasted its time. */
public enum Then {
    /** It watches again, and a person decides. */
    SHADOW,
    /** It decides, if it was asked often enough to be judged. */
    PROMOTE
}
