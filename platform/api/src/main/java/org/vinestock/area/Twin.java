package org.vinestock.area;

import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A simulated site. Nothing happens in it but within {@link #run}.
 *
 * <p><b>Calls.</b> By one thread at a time: it is the twin's only thread.
 */
@ProviderType
public interface Twin {
    /** The twin's platform. Its stages complete, and its lanes run, within {@link #run}. */
    Platform platform();

    /**
     * Runs the events up to and including {@code until}, but no more than {@code maxEvents}, and returns how many it
     * ran. Fewer than {@code maxEvents} means that simulated time is now {@code until}.
     *
     * @throws org.vinestock.model.VinestockException {@code STRATEGY_HANGS} if the watchdog on wall time saw a strategy that did not return
     */
    long run(Instant until, long maxEvents);

    /** Ends it: its areas are closed, its memory is given back. */
    void close();
}
