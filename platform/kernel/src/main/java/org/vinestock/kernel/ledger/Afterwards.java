package org.vinestock.kernel.ledger;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.vinestock.kernel.schedule.Pulse;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * Does what can wait until an answer has left, in the order in which it was given, on one lane. Giving something costs
 * some 0.1 us: nobody is woken for it, a pulse collects.
 *
 * <p><b>Calls.</b> From any thread, never blocks.
 */
public final class Afterwards {
    private static final int MOST_WAITING = 1 << 16;

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final Lane lane;
    private final Pulse pulse;

    /** Makes one that collects every {@code every}. */
    public Afterwards(Scheduler scheduler, Duration every, int idleBeats) {
        lane = scheduler.lane("ledger");
        pulse = new Pulse(scheduler, lane, every, idleBeats, elapsed -> collect());
    }

    /** Does {@code work} later, or drops and counts it if too much waits already. */
    public void later(Runnable work) {
        if (size.incrementAndGet() > MOST_WAITING) {
            size.decrementAndGet();
            dropped.incrementAndGet();
            return;
        }
        waiting.add(work);
        pulse.arm();
    }

    /** Does what was given so far and then {@code work}, without waiting for the pulse. */
    public void now(Runnable work) {
        lane.execute(() -> {
            collect();
            work.run();
        });
    }

    /** How much was dropped. */
    public long dropped() {
        return dropped.get();
    }

    private boolean collect() {
        int done = 0;
        for (Runnable work = waiting.poll(); work != null; work = done < MOST_WAITING ? waiting.poll() : null) {
            size.decrementAndGet();
            done++;
            work.run();
        }
        return done > 0;
    }
}
