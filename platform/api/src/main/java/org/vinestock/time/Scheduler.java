package org.vinestock.time;

import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The only source of time, threads and chance.
 *
 * <p><b>Calls.</b> From any thread, never blocks.
 */
@ProviderType
public interface Scheduler extends InstantSource {
    /**
     * Returns nanoseconds of a clock that never goes back, for measuring how long something took. The origin is
     * arbitrary. In simulation it follows simulated time.
     */
    long nanoTime();

    /** Makes a new lane. Two lanes with one name are two lanes; the name is for people. */
    Lane lane(String name);

    /** Runs {@code task} on {@code lane} once, not before {@code delay} has passed. A negative delay counts as zero. */
    Cancellable after(Duration delay, Lane lane, Runnable task);

    /** Returns a generator of its own for {@code purpose}: under one seed the same purpose yields the same numbers. */
    RandomGenerator random(String purpose);
}
