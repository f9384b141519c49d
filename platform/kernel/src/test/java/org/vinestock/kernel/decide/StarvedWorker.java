package org.vinestock.kernel.decide;

import java.time.Duration;
import java.util.function.Supplier;
import org.vinestock.kernel.plugin.Worker;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/** A worker on a machine that is too busy to let it begin at once. */
record StarvedWorker(Worker worker, Scheduler scheduler, Supplier<Duration> delay) implements Worker {
    @Override
    public void execute(Runnable task) {
        Duration late = delay.get();
        if (late.isZero()) {
            worker.execute(task);
        } else {
            Lane lane = scheduler.lane("starved");
            scheduler.after(late, lane, () -> worker.execute(task));
        }
    }

    @Override
    public boolean charges(Runnable rest) {
        return worker.charges(rest);
    }

    @Override
    public void urgent(boolean urgent) {
        worker.urgent(urgent);
    }

    @Override
    public void restore() {
        worker.restore();
    }

    @Override
    public void end() {
        worker.end();
    }

    @Override
    public void abandon() {
        worker.abandon();
    }

    @Override
    public String name() {
        return worker.name();
    }

    @Override
    public String stack() {
        return worker.stack();
    }
}
