package org.vinestock.kernel.act;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.turn.Spending;
import org.vinestock.model.Lease;
import org.vinestock.model.ObjectId;
import org.vinestock.operation.Step;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;

/** One call of a step's handler, and what it is given. */
final class StepRun implements StepContext, Spending {
    private final RunningTask<?, ?> task;
    private final int step;

    StepRun(RunningTask<?, ?> task, int step) {
        this.task = task;
        this.step = step;
    }

    static <S extends Record> CompletionStage<?> apply(StepHandler<S> handler, Step step, StepContext context) {
        return call(handler, step, arguments -> handler.apply(arguments, context));
    }

    static <S extends Record> CompletionStage<?> undo(StepHandler<S> handler, Step step, StepContext context) {
        return call(handler, step, arguments -> handler.undo(arguments, context));
    }

    static <S extends Record> CompletionStage<StepState> probe(StepHandler<S> handler, Step step, StepContext context) {
        return call(handler, step, arguments -> handler.probe(arguments, context));
    }

    static <S extends Record> CompletionStage<String> preview(StepHandler<S> handler, Step step, StepContext context) {
        return call(handler, step, arguments -> handler.preview(arguments, context));
    }

    /** Calls a handler; whatever it throws becomes a failed stage. */
    private static <S extends Record, T> CompletionStage<T> call(
            StepHandler<S> handler, Step step, Function<S, CompletionStage<T>> method) {
        try {
            CompletionStage<T> stage = method.apply(handler.argumentsType().cast(step.arguments()));
            return stage != null
                    ? stage
                    : CompletableFuture.failedFuture(
                            new IllegalStateException("the handler of " + step.kind() + " returned null"));
        } catch (Throwable thrown) {
            return CompletableFuture.failedFuture(thrown);
        }
    }

    @Override
    public Snapshot snapshot() {
        return task.engine().inventory().head();
    }

    @Override
    public Lease lease(ObjectId claim) {
        for (Lease lease : task.leases()) {
            if (Failures.same(lease.object(), claim)) {
                return lease;
            }
        }
        throw notClaimed(claim);
    }

    static IllegalArgumentException notClaimed(ObjectId object) {
        return new IllegalArgumentException(
                object.kind() + " " + object.value() + " is not claimed by the task's plan; accepted: what it claims");
    }

    @Override
    public void progress(double share, String text) {
        task.progress(step, share, text);
    }

    @Override
    public boolean cancelled() {
        return task.cancelled();
    }

    @Override
    public boolean despiteFreeze() {
        return task.despiteFreeze();
    }

    @Override
    public @Nullable String take(List<String> clusters) {
        return task.spend(clusters);
    }

    @Override
    public String by() {
        return task.by();
    }
}
