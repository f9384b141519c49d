package org.vinestock.placement;

import org.vinestock.model.HostId;

/** Where a VM goes. */
public sealed interface Placement {
    /** It goes there. */
    record Placed(HostId host) implements Placement {
        @Override
        public String toString() {
            return host.value();
        }
    }

    /** No host can take it; {@code because} is a sentence with the numbers. */
    record Refused(String because) implements Placement {
        @Override
        public String toString() {
            return "refused";
        }
    }
}
