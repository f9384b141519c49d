package org.vinestock.kernel.decide;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.strategies.Verdicts;
import org.vinestock.operation.Input;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Role;
import org.vinestock.operation.Step;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.time.Lane;

/** {@code strategy.verdict}: waits until a file in {@code deploy/} has been looked at, and says what became of it. */
final class VerdictOperation implements Operation<VerdictOperation.OneFile, VerdictOperation.Said> {
    private static final String STEP = "strategy.verdict";

    private final Verdicts verdicts;
    private final Lane lane;
    private final ConcurrentNavigableMap<String, String> said = new ConcurrentSkipListMap<>();

    VerdictOperation(Verdicts verdicts, Lane lane) {
        this.verdicts = verdicts;
        this.lane = lane;
    }

    /** Names a file. */
    record OneFile(
            @Input(value = "The file in deploy/, such as acme-1.0.jar", at = 0)
            String file,

            @Input(value = "SHA-256 of its bytes; whichever are there if left out", at = 1, optional = true) @Nullable
            String digest) {}

    /** The verdict in words. */
    record Said(String message) {}

    @Override
    public OperationType<OneFile, Said> type() {
        return new OperationType<>(
                STEP, OneFile.class, Said.class, Role.OPERATOR, "Wait for what becomes of a jar in deploy/");
    }

    @Override
    public Plan plan(OneFile one, Planning planning) {
        return new Plan(List.of(), List.of(new Step("look at " + one.file(), STEP, one)));
    }

    @Override
    public Said result(OneFile one, Plan plan, Snapshot after) {
        return new Said(said.getOrDefault(one.file(), "done"));
    }

    List<StepHandler<?>> steps() {
        return List.of(new Wait());
    }

    private final class Wait implements StepHandler<OneFile> {
        @Override
        public String kind() {
            return STEP;
        }

        @Override
        public Class<OneFile> argumentsType() {
            return OneFile.class;
        }

        @Override
        public CompletionStage<?> apply(OneFile one, StepContext context) {
            String digest = one.digest() == null ? "" : one.digest();
            return verdicts.await(one.file(), digest).thenAcceptAsync(message -> said.put(one.file(), message), lane);
        }

        @Override
        public CompletionStage<?> undo(OneFile one, StepContext context) {
            return CompletableFuture.completedFuture(null); // it changes nothing
        }

        @Override
        public CompletionStage<StepState> probe(OneFile one, StepContext context) {
            return CompletableFuture.completedFuture(StepState.NOT_BEGUN);
        }

        @Override
        public CompletionStage<String> preview(OneFile one, StepContext context) {
            return CompletableFuture.completedFuture("would wait for the verdict on " + one.file());
        }
    }
}
