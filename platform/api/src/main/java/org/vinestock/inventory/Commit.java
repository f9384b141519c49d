package org.vinestock.inventory;

import java.util.List;
import org.vinestock.model.Violation;

/** What became of a change set. */
public sealed interface Commit {
    /** It is durable as {@code revision}; an empty change set is done at the revision it met. */
    record Done(long revision) implements Commit {}

    /** Nothing was changed. */
    record Refused(List<Violation> violations) implements Commit {
        /** Copies the list. */
        public Refused {
            violations = List.copyOf(violations);
        }
    }
}
