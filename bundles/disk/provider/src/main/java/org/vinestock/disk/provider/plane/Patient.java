package org.vinestock.disk.provider.plane;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.dataplane.DataPlaneError;
import org.vinestock.disk.DiskError;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.time.Lane;

/**
 * A step whose task waits while a data plane does not answer: its process is started again, and taking anything back would need
 * it, too.
 */
public record Patient<S extends Record>(StepHandler<S> step, Lane lane) implements StepHandler<S> {
    @Override
    public String kind() {
        return step.kind();
    }

    @Override
    public Class<S> argumentsType() {
        return step.argumentsType();
    }

    @Override
    public CompletionStage<?> apply(S arguments, StepContext context) {
        return patiently(step.apply(arguments, context));
    }

    @Override
    public CompletionStage<?> undo(S arguments, StepContext context) {
        return patiently(step.undo(arguments, context));
    }

    @Override
    public CompletionStage<StepState> probe(S arguments, StepContext context) {
        return patiently(step.probe(arguments, context));
    }

    @Override
    public boolean onlyCommits() {
        return step.onlyCommits();
    }

    @Override
    public CompletionStage<String> preview(S arguments, StepContext context) {
        return step.preview(arguments, context);
    }

    private <T> CompletionStage<T> patiently(CompletionStage<T> stage) {
        return stage.exceptionallyComposeAsync(
                thrown -> CompletableFuture.failedFuture(
                        Causes.is(thrown, DataPlaneError.PLANE_UNREACHABLE)
                                ? new VinestockException(
                                        DiskError.NO_PROVIDER,
                                        Causes.of(thrown).getMessage() + "; it goes on once that answers")
                                : Causes.of(thrown)),
                lane);
    }
}
