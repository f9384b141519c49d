package org.vinestock.trial;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/** How a world goes on in one twin. By the thread that runs the twin, between runs. */
@ConsumerType
public interface Course {
    /** How long it has gone on in simulated time, without what it takes to build the world: nothing while that goes on. */
    Duration passed();

    /** Whether it has come to its end, or to a failure. */
    boolean ended();

    /** Why it has come to a failure; null if it has not. */
    @Nullable
    RuntimeException failure();
}
