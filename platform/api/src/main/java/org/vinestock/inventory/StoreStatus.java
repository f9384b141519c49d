package org.vinestock.inventory;

import java.util.Objects;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tells how the store of this site stands, also while it has no inventory to give: because the database does not answer,
 * or because another process leads.
 *
 * <p><b>Calls.</b> From any thread, never blocks.
 */
@ProviderType
public interface StoreStatus {
    /** How it stands now. */
    Standing standing();

    /** What a store can be about. */
    enum State {
        /** It is being opened. */
        OPENING,
        /** The inventory is there, and this process writes it. */
        LEADS,
        /** Another process writes it; this one takes over when that one ends. */
        FOLLOWS,
        /** The database cannot be used; it is tried again. */
        UNAVAILABLE
    }

    /**
     * How it stands.
     *
     * @param where the database, for people
     * @param message a sentence for people
     */
    record Standing(State state, String where, String message) {
        /** Checks that all is there. */
        public Standing {
            Objects.requireNonNull(state);
            Objects.requireNonNull(where);
            Objects.requireNonNull(message);
        }
    }
}
