package org.vinestock.kernel.site;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.StrategyRef;
import org.vinestock.kernel.compare.Tried;
import org.vinestock.kernel.plugin.Worker;

/** Knows which strategy is being called in a twin: a vendor's, and in a trial any. Written by the twin's thread, read by the watchdog. */
final class TwinCalls implements Tried.Calls {
    private volatile @Nullable StrategyRef current;
    private volatile long calls;

    /** The strategy that is being called; null if none is. */
    @Nullable
    StrategyRef current() {
        return current;
    }

    /** Grows with every call, so that one that goes on is told from one that follows it. */
    long calls() {
        return calls;
    }

    /** Notes the calls into a strategy. */
    Worker watch(StrategyRef strategy, Worker worker) {
        return new Worker() {
            @Override
            public void execute(Runnable task) {
                worker.execute(() -> run(strategy, task));
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
                next(); // one task of a worker may be several calls
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
        };
    }

    /** Notes a call into a strategy, which may be one within a call into another. */
    @Override
    public <T> T in(StrategyRef strategy, Supplier<T> call) {
        StrategyRef outer = current;
        next();
        current = strategy;
        try {
            return call.get();
        } finally {
            next();
            current = outer;
        }
    }

    private void run(StrategyRef strategy, Runnable task) {
        next();
        current = strategy;
        try {
            task.run();
        } finally {
            current = null;
        }
    }

    private void next() {
        long next = calls + 1; // one thread writes
        calls = next;
    }
}
