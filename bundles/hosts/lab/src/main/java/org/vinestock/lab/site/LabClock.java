package org.vinestock.lab.site;

import java.time.Duration;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * Lab time: runs {@code speed} times as fast as the scheduler's clock, and stands still at speed 0. Its lock is its own
 * monitor; any thread.
 */
public final class LabClock {
    /** The highest speed. */
    public static final double MAX_SPEED = 10_000;

    private final Scheduler scheduler;
    private double speed = 1;
    private long labNanosAtChange;
    private long changedAtNanos;

    /** Starts at lab time 0 with speed 1. */
    public LabClock(Scheduler scheduler) {
        this.scheduler = scheduler;
        this.changedAtNanos = scheduler.nanoTime();
    }

    /** Checks a speed. */
    public static double checkedSpeed(double speed) {
        if (!(speed >= 0 && speed <= MAX_SPEED)) {
            throw new IllegalArgumentException("speed " + speed + "; accepted: 0 (stop) to " + (long) MAX_SPEED);
        }
        return speed;
    }

    /** How fast lab time runs. */
    public synchronized double speed() {
        return speed;
    }

    /** Changes how fast lab time runs, from now on. */
    public synchronized void speed(double factor) {
        checkedSpeed(factor);
        labNanosAtChange = nanos();
        changedAtNanos = scheduler.nanoTime();
        speed = factor;
    }

    /** Lab time in nanoseconds since the clock was made. */
    public synchronized long nanos() {
        return labNanosAtChange + (long) ((scheduler.nanoTime() - changedAtNanos) * speed);
    }

    /**
     * Runs {@code task} after hosts worked for {@code labour}: shorter at speeds above 1, never longer below, so that
     * what people ask for also ends while the lab stands still.
     */
    public Cancellable afterLabour(Duration labour, Lane lane, Runnable task) {
        double factor = Math.max(1, speed());
        return scheduler.after(factor == 1 ? labour : Duration.ofNanos((long) (labour.toNanos() / factor)), lane, task);
    }

    /** Runs {@code task} when {@code labNanos} of lab time have passed at the present speed, which must not be 0. */
    public Cancellable after(long labNanos, Lane lane, Runnable task) {
        return scheduler.after(Duration.ofNanos((long) Math.ceil(Math.max(0, labNanos) / speed())), lane, task);
    }
}
