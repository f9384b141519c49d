package org.vinestock.lab.drive;

import java.time.Instant;
import org.vinestock.area.Twin;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * Runs a twin up to a moment of its time in slices of some {@value #MILLIS} ms on a lane of the live site, so that the live site
 * goes on. Owned by that lane.
 */
public final class TwinSlices {
    private static final int MILLIS = 20;

    private final Scheduler scheduler;
    private final Lane lane;
    private final Twin twin;
    private final Watcher watcher;
    private long events = 256;

    /** Is asked and told on the way. */
    public interface Watcher {
        /** Called between slices; what it throws ends the run. */
        void look();

        /** The run ended early, since something was thrown. */
        void failed(RuntimeException thrown);
    }

    /** Makes one that runs nothing yet. */
    public TwinSlices(Scheduler scheduler, Lane lane, Twin twin, Watcher watcher) {
        this.scheduler = scheduler;
        this.lane = lane;
        this.twin = twin;
        this.watcher = watcher;
    }

    /** Runs up to {@code until}; then calls {@code next}. On the lane. */
    public void runTo(Instant until, Runnable next) {
        try {
            watcher.look();
            long before = scheduler.nanoTime();
            long ran = twin.run(until, events);
            if (ran < events) {
                next.run();
                return;
            }
            adapt(scheduler.nanoTime() - before);
            lane.execute(() -> runTo(until, next));
        } catch (RuntimeException e) {
            watcher.failed(e);
        }
    }

    private void adapt(long nanos) {
        if (nanos < MILLIS * 500_000L) {
            events = Math.min(events * 2, 1 << 20);
        } else if (nanos > MILLIS * 2_000_000L) {
            events = Math.max(events / 2, 16);
        }
    }
}
