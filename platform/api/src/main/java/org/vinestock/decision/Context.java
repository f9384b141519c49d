package org.vinestock.decision;

import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;
import org.vinestock.inventory.Snapshot;

/** What a question is answered from; stamped when the call begins, and recorded. */
@ProviderType
public interface Context {
    /** The state of the site. */
    Snapshot snapshot();

    /** The time of the question: the only clock that a strategy has. */
    Instant askedAt();

    /** What the answer may cost, and its seed. */
    Budget budget();
}
