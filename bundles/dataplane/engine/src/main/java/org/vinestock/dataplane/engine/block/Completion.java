package org.vinestock.dataplane.engine.block;

/**
 * Hears how a request ended, once. Called on the caller's thread before the request's method returns, or on a thread of
 * the device: it must not wait, and not throw.
 */
@FunctionalInterface
public interface Completion {
    /** The request is over, and its buffer is the caller's again. */
    void done(Status status);

    /** Whether the caller waits for the answer anyway: then another thread need not wait for the medium in its place. */
    default boolean waits() {
        return false;
    }
}
