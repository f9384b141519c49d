package org.vinestock.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * The scheduler of one process in a simulated world. When the process dies, nothing that it was about to do happens any
 * more, and what others hand to its lanes is dropped; the world goes on.
 */
final class ProcessScheduler implements Scheduler {
    private final Scheduler world;
    private final int number;
    private boolean dead;

    /** Makes one. {@code number}: of the process, from 1; each draws numbers of its own. */
    ProcessScheduler(Scheduler world, int number) {
        this.world = world;
        this.number = number;
    }

    /** Ends the process. */
    void die() {
        dead = true;
    }

    boolean alive() {
        return !dead;
    }

    @Override
    public Instant instant() {
        return world.instant();
    }

    @Override
    public long nanoTime() {
        return world.nanoTime();
    }

    @Override
    public Lane lane(String name) {
        Lane lane = world.lane(name);
        return task -> {
            if (!dead) {
                lane.execute(() -> {
                    if (!dead) {
                        task.run();
                    }
                });
            }
        };
    }

    @Override
    public Cancellable after(Duration delay, Lane lane, Runnable task) {
        return world.after(delay, lane, task);
    }

    @Override
    public RandomGenerator random(String purpose) {
        return world.random(number == 1 ? purpose : purpose + " of process " + number);
    }
}
