package org.vinestock.area;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Builds simulated sites beside the live one: a whole control plane of its own - scheduler, inventory in memory,
 * decisions, tasks and every area that is installed - in simulated time under a seed.
 */
@ProviderType
public interface Twins {
    /**
     * Builds a twin, in some milliseconds if its inventory is empty, else in some microseconds a row.
     *
     * @throws IllegalArgumentException if a strategy is unknown
     */
    Twin build(TwinSpec spec);
}
