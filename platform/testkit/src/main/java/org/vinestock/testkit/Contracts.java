package org.vinestock.testkit;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.vinestock.decision.Check;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.Strategy;

/** Runs contracts as JUnit tests, a test a promise. */
public final class Contracts {
    private static final int RUNS = 5;

    private Contracts() {}

    /**
     * Makes a JUnit test of each promise that strategies of a point give.
     *
     * @param test the class that calls, for the command that replays a failing seed
     * @param fresh makes a new instance
     */
    public static <Q extends Record, A, O extends Record> Stream<DynamicTest> of(
            Class<?> test, DecisionPoint<Q, A, O> point, Supplier<? extends Strategy<Q, A, O>> fresh) {
        return of(test, point.contract(), fresh::get);
    }

    /**
     * Makes a JUnit test of each promise; each is tried under a few seeds.
     *
     * @param test the class that calls, for the command that replays a failing seed
     * @param fresh makes a new instance of what is checked
     */
    public static <S> Stream<DynamicTest> of(Class<?> test, List<? extends Check<S>> checks, Supplier<S> fresh) {
        if (checks.isEmpty()) {
            throw new IllegalArgumentException("a contract without a promise; accepted: one or more");
        }
        return checks.stream()
                .map(check -> DynamicTest.dynamicTest(
                        check.name(),
                        () -> Seeds.seeds(RUNS)
                                .forEach(seed -> Seeds.run(test, seed, ignored -> run(check, fresh, seed)))));
    }

    /**
     * Tries one promise under one seed.
     *
     * @throws AssertionError if it does not hold
     */
    public static <S> void run(Check<S> check, Supplier<S> fresh, long seed) {
        check.run(fresh, Seeds.random(seed, check.name()));
    }

    /** Returns the names of the promises that do not hold under the first few seeds; for wrong ones made on purpose. */
    public static <S> List<String> broken(List<? extends Check<S>> checks, Supplier<S> fresh) {
        return checks.stream()
                .filter(check -> breaks(check, fresh))
                .map(Check::name)
                .toList();
    }

    private static <S> boolean breaks(Check<S> check, Supplier<S> fresh) {
        for (long seed = 1; seed <= RUNS; seed++) {
            try {
                run(check, fresh, seed);
            } catch (AssertionError broken) {
                return true;
            }
        }
        return false;
    }
}
