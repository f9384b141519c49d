package org.vinestock.kernel.install;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.vinestock.decision.Check;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.Strategy;
import org.vinestock.kernel.plugin.ContractReport;
import org.vinestock.kernel.plugin.PluginBoundary;
import org.vinestock.time.Scheduler;

/** Runs all checks of a point against a strategy, each with instances of its own, on the caller's thread. */
final class ContractRun {
    private static final int MOST_FAILURES = 20;

    private ContractRun() {}

    static <Q extends Record, A, O extends Record> ContractReport run(
            DecisionPoint<Q, A, O> point,
            Supplier<? extends Strategy<?, ?, ?>> fresh,
            Consumer<Strategy<?, ?, ?>> release,
            Scheduler scheduler,
            String purpose) {
        long begun = scheduler.nanoTime();
        List<String> failures = new ArrayList<>();
        List<Check<Strategy<Q, A, O>>> checks = point.contract();
        int passed = 0;
        for (Check<Strategy<Q, A, O>> check : checks) {
            List<Strategy<Q, A, O>> made = new ArrayList<>();
            try {
                check.run(
                        () -> {
                            Strategy<Q, A, O> instance = point.strategyType().cast(fresh.get());
                            made.add(instance);
                            return instance;
                        },
                        scheduler.random(purpose + " " + check.name()));
                passed++;
            } catch (Throwable thrown) {
                String why = thrown instanceof AssertionError && thrown.getClass() == AssertionError.class
                        ? String.valueOf(thrown.getMessage())
                        : PluginBoundary.text(thrown);
                if (failures.size() < MOST_FAILURES) {
                    failures.add(check.name() + ": " + why);
                }
            }
            for (Strategy<Q, A, O> instance : made) {
                release.accept(instance);
            }
        }
        return new ContractReport(passed, checks.size(), Duration.ofNanos(scheduler.nanoTime() - begun), failures);
    }
}
