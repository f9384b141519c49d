package org.vinestock.lab;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;

/** A step that is over as soon as its function has returned. */
record LabStep<S extends Record>(
        String kind,
        Class<S> argumentsType,
        Function<S, String> preview,
        Predicate<S> done,
        Consumer<S> apply,
        Consumer<S> undo)
        implements StepHandler<S> {

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public Class<S> argumentsType() {
        return argumentsType;
    }

    @Override
    public CompletionStage<?> apply(S arguments, StepContext context) {
        apply.accept(arguments);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> undo(S arguments, StepContext context) {
        undo.accept(arguments);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<StepState> probe(S arguments, StepContext context) {
        return CompletableFuture.completedFuture(done.test(arguments) ? StepState.DONE : StepState.NOT_BEGUN);
    }

    @Override
    public CompletionStage<String> preview(S arguments, StepContext context) {
        return CompletableFuture.completedFuture(preview.apply(arguments));
    }
}
