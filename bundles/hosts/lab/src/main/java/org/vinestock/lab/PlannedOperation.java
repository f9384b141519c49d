package org.vinestock.lab;

import java.util.function.BiFunction;
import java.util.function.Function;
import org.vinestock.inventory.Snapshot;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;

/** An operation whose result follows from what was asked and planned. */
record PlannedOperation<P extends Record, R extends Record>(
        OperationType<P, R> type, Function<P, Plan> planned, BiFunction<P, Plan, R> outcome)
        implements Operation<P, R> {

    @Override
    public Plan plan(P parameters, Planning planning) {
        return planned.apply(parameters);
    }

    @Override
    public R result(P parameters, Plan plan, Snapshot after) {
        return outcome.apply(parameters, plan);
    }
}
