package org.vinestock.simulation.plugin;

/** How a played strategy behaves. */
public enum Behaviour {
    /** Minds everything: first fit. */
    GOOD,
    /** Puts VMs where there is no room. */
    OVERFILLS,
    /** Minds room, but no rules. */
    BREAKS_RULES,
    /** Throws now and then. */
    THROWS,
    /** Answers nothing now and then. */
    ANSWERS_NOTHING,
    /** Is late now and then, and sometimes does not come back for seconds. */
    LATE
}
