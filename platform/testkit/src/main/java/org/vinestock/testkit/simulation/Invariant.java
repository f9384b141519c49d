package org.vinestock.testkit.simulation;

import org.osgi.annotation.versioning.ConsumerType;

/** Something that must hold after every event of a simulation. */
@ConsumerType
@FunctionalInterface
public interface Invariant {
    /**
     * Looks at the simulation; called after every event, so it should begin with what is cheap.
     *
     * @throws AssertionError if it does not hold, saying what was found
     */
    void check(Simulation simulation);
}
