package org.vinestock.area;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import org.vinestock.inventory.Snapshot;

/**
 * Knows the clusters of a site, for the platform, which knows no area. The area that keeps clusters has it among the
 * services of its {@link Parts}.
 */
@ConsumerType
@FunctionalInterface
public interface Clusters {
    /** Their names, in order. Called on any thread; a pure function. */
    List<String> names(Snapshot snapshot);

    /** How many hosts a cluster has; 0 if it is not there, or if nobody counts, as by default. */
    default int hosts(String cluster, Snapshot snapshot) {
        return 0;
    }

    /** How many of a cluster's hosts are off or down. */
    default int hostsOff(String cluster, Snapshot snapshot) {
        return 0;
    }
}
