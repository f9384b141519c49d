package org.vinestock.kernel.plugin;

import java.time.Duration;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * A lane in a thread's stead: for strategies in simulated time, and for built-ins that are asked as shadows. What an
 * answer costs in simulated time is charged: {@link Duration#ZERO} unless somebody wants to see late answers.
 */
public final class LaneWorker implements Worker {
    private final String name;
    private final Scheduler scheduler;
    private final Lane lane;
    private final Duration charged;
    private volatile boolean ended;

    /** Makes one with a lane of its own. */
    public LaneWorker(Scheduler scheduler, String name, Duration charged) {
        this.scheduler = scheduler;
        this.name = name;
        this.lane = scheduler.lane(name);
        this.charged = charged;
    }

    @Override
    public void execute(Runnable task) {
        if (!ended) {
            lane.execute(() -> {
                if (!ended) {
                    task.run();
                }
            });
        }
    }

    @Override
    public boolean charges(Runnable rest) {
        if (charged.isZero()) {
            return false;
        }
        scheduler.after(charged, lane, rest);
        return true;
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
        execute(() -> ended = true);
    }

    @Override
    public void abandon() {
        ended = true;
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
