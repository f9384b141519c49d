package org.vinestock.kernel.act;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.act.TaskParts.Named;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Role;
import org.vinestock.operation.Step;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskState;
import org.vinestock.task.TaskStatus;

/** How people answer what the machine proposes: {@code task.approve}, {@code task.reject}. */
final class ApprovalParts {
    private static final String STEP = "task.answer";

    private ApprovalParts() {}

    /** What a person says. */
    enum Answer {
        /** It is to be done. */
        APPROVE,
        /** It is not to be done. */
        REJECT
    }

    /** A task that was answered. */
    record Answered(TaskId id, String message) {}

    /** Arguments of the step. */
    record Say(TaskId id, Answer answer) {}

    static Operation<Named, Answered> approve() {
        return new Of("task.approve", Answer.APPROVE, "Let a task do what the machine proposed");
    }

    static Operation<Named, Answered> reject() {
        return new Of("task.reject", Answer.REJECT, "End a task that the machine proposed; it is not proposed again");
    }

    static StepHandler<?> step(TaskEngine engine) {
        return new SayStep(engine);
    }

    private record Of(String name, Answer answer, String summary) implements Operation<Named, Answered> {
        @Override
        public OperationType<Named, Answered> type() {
            return new OperationType<>(name, Named.class, Answered.class, Role.OPERATOR, summary);
        }

        @Override
        public Plan plan(Named named, Planning planning) {
            String title = answer.name().toLowerCase(Locale.ROOT) + " " + named.id();
            return new Plan(List.of(), List.of(new Step(title, STEP, new Say(named.id(), answer))));
        }

        @Override
        public Answered result(Named named, Plan plan, Snapshot after) {
            return new Answered(named.id(), answer == Answer.APPROVE ? "goes on" : "rejected");
        }
    }

    private record SayStep(TaskEngine engine) implements StepHandler<Say> {
        @Override
        public String kind() {
            return STEP;
        }

        @Override
        public Class<Say> argumentsType() {
            return Say.class;
        }

        @Override
        public CompletionStage<?> apply(Say say, StepContext context) {
            if (say.answer() == Answer.APPROVE) {
                engine.approve(say.id());
            } else {
                engine.reject(say.id(), context.by());
            }
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> undo(Say say, StepContext context) {
            return CompletableFuture.completedFuture(null); // what was said is said
        }

        @Override
        public CompletionStage<StepState> probe(Say say, StepContext context) {
            boolean waits = engine.find(say.id())
                    .filter(status -> status.state() == TaskState.PROPOSED)
                    .isPresent();
            return CompletableFuture.completedFuture(waits ? StepState.NOT_BEGUN : StepState.DONE);
        }

        @Override
        public CompletionStage<String> preview(Say say, StepContext context) {
            TaskStatus status = engine.find(say.id()).orElseThrow(() -> TaskParts.unknown(say.id()));
            return CompletableFuture.completedFuture(
                    status.state() == TaskState.PROPOSED
                            ? status.operation() + " by " + status.by() + " " + status.message()
                            : "would be refused, it is " + status.state());
        }
    }
}
