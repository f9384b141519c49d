package org.vinestock.kernel.install;

import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/** A scheduler on which the installer's time limit passes when a test says so, however busy the machine is. */
record HeldLimits(Scheduler scheduler, Queue<Runnable> held) implements Scheduler {
    HeldLimits(Scheduler scheduler) {
        this(scheduler, new ConcurrentLinkedQueue<>());
    }

    /** The limits that were set so far have passed. */
    void pass() {
        for (Runnable task = held.poll(); task != null; task = held.poll()) {
            task.run();
        }
    }

    @Override
    public Cancellable after(Duration delay, Lane lane, Runnable task) {
        if (!delay.equals(StrategyInstaller.LIMIT)) {
            return scheduler.after(delay, lane, task);
        }
        Runnable later = () -> lane.execute(task);
        held.add(later);
        return () -> held.remove(later);
    }

    @Override
    public Lane lane(String name) {
        return scheduler.lane(name);
    }

    @Override
    public RandomGenerator random(String purpose) {
        return scheduler.random(purpose);
    }

    @Override
    public Instant instant() {
        return scheduler.instant();
    }

    @Override
    public long nanoTime() {
        return scheduler.nanoTime();
    }
}
