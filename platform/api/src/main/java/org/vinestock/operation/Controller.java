package org.vinestock.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.ObjectId;

/**
 * Looks at one object and says what to do next. Synchronous functions: the kernel runs what they name. Events only wake
 * it; at start, after lost events and with a new leader it looks at everything once.
 */
@ConsumerType
public interface Controller {
    /** Unique in the product, such as {@code machines.restart}. */
    String name();

    /** All objects that it looks after. */
    List<ObjectId> objects(Snapshot snapshot);

    /** The objects to look at because of a change; mostly none. */
    List<ObjectId> wokenBy(Change change, Snapshot snapshot);

    /** Says what to do for an object. */
    Next look(ObjectId object, Snapshot snapshot, Instant now);

    /**
     * The function of a cluster that it serves, such as {@code restart}: people say how far each may go by itself. By
     * default what follows the dot in its name.
     */
    default String function() {
        return name().substring(name().indexOf('.') + 1);
    }

    /** For how long it has to name the same thing before that is run, for what is only on its way to be seen may pass. */
    default Duration patience(Next.Run<?> run) {
        return Duration.ZERO;
    }
}
