package org.vinestock.kernel.plugin;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * A lane in a thread's stead: for strategies in simulated time, and for built-ins that are asked as shadows. What an
 * answer costs in simulated time is charged: {@link Duration#ZERO} unless somebody wants to see late answers.
 *
 * <p>While an answer is charged nothing else runs; the fields are owned by the worker's monitor.
 */
public final class LaneWorker implements Worker {
    private final String name;
    private final Scheduler scheduler;
    private final Lane lane;
    private final Supplier<Duration> charges;
    private final Queue<Runnable> held = new ArrayDeque<>();
    private boolean charging;
    private boolean ended;

    /** Makes one with a lane of its own, which charges each answer alike. */
    public LaneWorker(Scheduler scheduler, String name, Duration charged) {
        this(scheduler, name, () -> charged);
    }

    /** Makes one with a lane of its own. {@code charges}: what the next answer costs. */
    public LaneWorker(Scheduler scheduler, String name, Supplier<Duration> charges) {
        this.scheduler = scheduler;
        this.name = name;
        this.lane = scheduler.lane(name);
        this.charges = charges;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            if (ended) {
                return;
            }
            if (charging) {
                held.add(task);
                return;
            }
        }
        lane.execute(() -> run(task));
    }

    private void run(Runnable task) {
        synchronized (this) {
            if (ended) {
                return;
            }
            if (charging) {
                held.add(task);
                return;
            }
        }
        task.run();
    }

    @Override
    public boolean charges(Runnable rest) {
        Duration charged = charges.get();
        if (charged.isZero()) {
            return false;
        }
        synchronized (this) {
            charging = true;
        }
        Cancellable unused = scheduler.after(charged, lane, () -> {
            rest.run();
            release();
        });
        return true;
    }

    private synchronized void release() {
        charging = false;
        for (Runnable task = held.poll(); task != null; task = held.poll()) {
            Runnable next = task;
            lane.execute(() -> run(next));
        }
    }

    @Override
    public void urgent(boolean urgent) {
        // a lane has no priority
    }

    @Override
    public void restore() {
        // a plugin in a simulation runs on the simulation's own thread, which keeps nothing of it
    }

    @Override
    public void end() {
        execute(() -> {
            synchronized (this) {
                ended = true;
            }
        });
    }

    @Override
    public synchronized void abandon() {
        ended = true;
        held.clear();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String stack() {
        return "";
    }
}
