package org.vinestock.kernel.turn;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.vinestock.kernel.schedule.Pulse;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * Sees to deadlines: one coarse look at all points while a call is outstanding, instead of a timer for each call.
 *
 * <p>It has a time of its own that does not run while the process stands still: a look that comes late counts as two
 * at most. So a laptop that slept, a long collection, or a machine that is too busy even to look, makes no strategy late.
 */
public final class Watch {
    /** What is looked at. */
    interface Watched {
        /** Looks, on the watch's lane; returns whether a call is outstanding. */
        boolean look(long watchTime);
    }

    private static final int MOST_BEATS_LATE = 2;

    private final List<Watched> watched = new CopyOnWriteArrayList<>();
    private final Lane lane;
    private final long mostElapsed;
    private final Pulse pulse;
    private volatile long now;

    /** Makes one at rest. */
    public Watch(Scheduler scheduler, DecisionLimits limits) {
        lane = scheduler.lane("deadlines");
        mostElapsed = limits.watchEvery().toNanos() * MOST_BEATS_LATE;
        pulse = new Pulse(scheduler, lane, limits.watchEvery(), limits.idleBeats(), this::beat);
    }

    /** Where it looks. */
    Lane lane() {
        return lane;
    }

    /** The watch's time in nanoseconds; stands still while nobody is called. */
    long now() {
        return now;
    }

    void add(Watched more) {
        watched.add(more);
    }

    void remove(Watched less) {
        watched.remove(less);
    }

    /** Looks from now on, until no call is outstanding. */
    void arm() {
        pulse.arm();
    }

    private boolean beat(long elapsed) {
        long time = now + Math.min(elapsed, mostElapsed);
        now = time;
        boolean outstanding = false;
        for (Watched each : watched) {
            outstanding |= each.look(time);
        }
        return outstanding;
    }
}
