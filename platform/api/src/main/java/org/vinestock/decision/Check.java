package org.vinestock.decision;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.osgi.annotation.versioning.ConsumerType;

/** One promise of a contract. Runs in tests and, before a plugin may decide, in the container. */
@ConsumerType
public interface Check<S> {
    /** A sentence, such as {@code never chooses a host without room}. */
    String name();

    /**
     * Tries the promise on instances from {@code fresh}.
     *
     * @throws AssertionError if it does not hold, saying what was asked and what was answered
     */
    void run(Supplier<S> fresh, RandomGenerator random);
}
