package org.vinestock.trial;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;
import org.vinestock.area.Platform;
import org.vinestock.inventory.Snapshot;

/** A world that is the same for each strategy that is tried in it. */
@ConsumerType
public interface Trial {
    /** What it is, such as {@code v1.dev.txt.gz: 259159 VMs in 83.3 h on 1000 hosts of 64 cores and 256GiB}. */
    String title();

    /** When it begins, in simulated time. */
    Instant start();

    /** How long it lasts, roughly. */
    Duration length();

    /** The state of the site that it begins with; null = an empty one. */
    @Nullable
    Snapshot state();

    /**
     * Lets it begin in a twin with that state; the rest happens when the twin is run. By the thread that runs the twin,
     * between runs.
     */
    Course begin(Platform twin);
}
