package org.vinestock.placement.rule;

import java.util.Locale;

/** What hosts a rule takes as one. */
public enum Domain {
    /** Each host by itself. */
    HOST,
    /** All hosts of a rack. */
    RACK,
    /** All hosts of a zone. */
    ZONE;

    /** As it stands in a sentence. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
