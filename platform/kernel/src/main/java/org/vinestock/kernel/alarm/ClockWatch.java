package org.vinestock.kernel.alarm;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;
import org.vinestock.view.InWords;

/**
 * Sees that somebody sets the clock, or that the machine slept: more or less of it passes than of the scheduler's nanoseconds.
 * Names it in an alarm, which lasts an hour, and tells those who keep times of the clock for another process.
 *
 * <p><b>Calls.</b> {@link #start}, {@link #onStep} and {@link #close} from any thread; listeners are told on its lane.
 */
public final class ClockWatch {
    /** What its alarm is about, and the kind of it. */
    public static final String SUBJECT = "clock";

    public static final String KIND = "clock-stepped";

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration LASTS = Duration.ofHours(1);
    private static final long LONGEST_LOOK = Duration.ofMillis(100).toNanos();

    private final Scheduler scheduler;
    private final Alarms alarms;
    private final Lane lane;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    // Owned by the lane.
    private Instant clock;
    private long nanos;
    private int steps;
    private @Nullable Cancellable next;
    private boolean closed;

    /** Makes one that knows what time it is, and does not look yet. */
    public ClockWatch(Scheduler scheduler, Alarms alarms) {
        this.scheduler = scheduler;
        this.alarms = alarms;
        lane = scheduler.lane("clock");
        clock = scheduler.instant();
        nanos = scheduler.nanoTime();
    }

    /** Is run after each step, within a second. */
    public void onStep(Runnable listener) {
        listeners.add(listener);
    }

    /** Begins to look. */
    public void start() {
        lane.execute(this::look);
    }

    /** Looks no more. */
    public void close() {
        lane.execute(() -> {
            closed = true;
            if (next != null) {
                next.cancel();
            }
        });
    }

    private void look() {
        if (closed) {
            return;
        }
        long before = scheduler.nanoTime();
        Instant now = scheduler.instant();
        // A thread that stood still between the two knows nothing; it looks again.
        if (scheduler.nanoTime() - before < LONGEST_LOOK) {
            Instant due = clock.plusNanos(before - nanos);
            Duration by = Duration.between(due, now);
            clock = now;
            nanos = before;
            if (by.abs().compareTo(LEAST) >= 0) {
                stepped(by, due, now);
            }
        }
        next = scheduler.after(EVERY, lane, this::look);
    }

    private void stepped(Duration by, Instant due, Instant now) {
        int number = ++steps;
        alarms.raise(
                SUBJECT,
                KIND,
                "the clock was stepped " + (by.isNegative() ? "back" : "forward") + " by " + InWords.duration(by.abs())
                        + ": it shows " + InWords.of(now) + " where " + InWords.of(due)
                        + " was due; times in audit, tasks and ledger before and after it do not compare. Timers, deadlines,"
                        + " budgets and canaries go on by their own time");
        listeners.forEach(Runnable::run);
        scheduler.after(LASTS, lane, () -> {
            if (number == steps) {
                alarms.clear(SUBJECT, KIND);
            }
        });
    }
}
