package org.vinestock.dataplane.engine.block;

/**
 * Hears how a request ended, once. Called on the caller's thread before the request's method returns, or on a thread of
 * the device: it must not wait, and not throw.
 */
@FunctionalInterface
public interface Completion {
    /** The request is over, and its buffer is the caller's again. */
    void done(Status status);
}
