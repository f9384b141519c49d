package org.vinestock.operation;

/** What a person may do; each role may do what the former ones may. */
public enum Role {
    /** Looks, changes nothing. */
    VIEWER,
    /** Runs the site. */
    OPERATOR,
    /** Changes who decides, and what is allowed. */
    ADMIN
}
