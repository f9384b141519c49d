package org.vinestock.placement;

import org.vinestock.model.HostId;

/**
 * What became of a placement.
 *
 * @param host where it was placed
 * @param result what happened there
 * @param message why, if it failed; else empty
 */
public record PlacementOutcome(HostId host, Result result, String message) {
    /** What happened. */
    public enum Result {
        /** The VM runs there. */
        RUNNING,
        /** The host could not make or start it; the place was given back. */
        FAILED
    }
}
