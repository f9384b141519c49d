package org.vinestock.simulation.invariant;

/** An invariant that does not hold. */
final class Broken {
    private Broken() {}

    /** Makes the error. {@code invariant}: its name, by which failures are told from each other. */
    static AssertionError because(String invariant, String what) {
        return new AssertionError(invariant + ": " + what);
    }
}
