package org.vinestock.kernel.schedule;

import org.osgi.annotation.versioning.ConsumerType;

/** Is told of every task that threw; its lane goes on. Called by the thread that ran the task; must not throw. */
@ConsumerType
@FunctionalInterface
public interface TaskFailures {
    /** A task of {@code lane} threw. */
    void failed(String lane, Throwable thrown);
}
