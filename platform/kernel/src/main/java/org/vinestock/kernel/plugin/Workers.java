package org.vinestock.kernel.plugin;

import org.vinestock.decision.StrategyRef;

/** Makes workers. Any thread. */
@FunctionalInterface
public interface Workers {
    /** Makes the worker of one strategy, whose classes {@code loader} loads. */
    Worker hire(StrategyRef strategy, ClassLoader loader);
}
