package org.vinestock.kernel.schedule;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * Beats while there is something to do: one repeated timer instead of one for each thing that waits.
 *
 * <p><b>Calls.</b> {@link #arm} from any thread, after what is to be done has been made visible; in the usual case it is
 * one volatile read.
 */
public final class Pulse {
    /** What is done at a beat. */
    @FunctionalInterface
    public interface Beat {
        /**
         * Does it, on the pulse's lane, and returns whether there was something to do, or is something to wait for.
         *
         * @param elapsed nanoseconds since the last beat, or since the rest ended
         */
        boolean beat(long elapsed);
    }

    private final Scheduler scheduler;
    private final Lane lane;
    private final Duration period;
    private final int idleBeats;
    private final Beat beat;
    private final AtomicBoolean beating = new AtomicBoolean();
    /** Owned by the lane, or by whoever set {@link #beating}. */
    private long last;

    private int idle;

    /** Makes one at rest. {@code idleBeats}: how many beats without anything to do pass before it rests again. */
    public Pulse(Scheduler scheduler, Lane lane, Duration period, int idleBeats, Beat beat) {
        this.scheduler = scheduler;
        this.lane = lane;
        this.period = period;
        this.idleBeats = idleBeats;
        this.beat = beat;
    }

    /** Sees to it that it beats. */
    public void arm() {
        if (!beating.get() && beating.compareAndSet(false, true)) {
            start();
        }
    }

    private void start() {
        idle = 0;
        last = scheduler.nanoTime();
        next();
    }

    private void next() {
        scheduler.after(period, lane, this::run);
    }

    private void run() {
        long now = scheduler.nanoTime();
        boolean more = beat.beat(now - last);
        last = now;
        idle = more ? 0 : idle + 1;
        if (idle <= idleBeats) {
            next();
            return;
        }
        beating.set(false);
        // Whoever came since the beat saw "beating" and left it to us.
        if (beat.beat(0) && beating.compareAndSet(false, true)) {
            start();
        }
    }
}
