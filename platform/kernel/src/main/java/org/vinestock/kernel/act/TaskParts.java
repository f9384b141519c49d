package org.vinestock.kernel.act;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Parts;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.act.TaskHistory.StepHistory;
import org.vinestock.model.ObjectId;
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
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskState;
import org.vinestock.task.TaskStatus;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/**
 * What people see of tasks and do with them: {@code task.list}, {@code task.info}, {@code task.cancel}; {@link ApprovalParts}
 * has the rest.
 */
public final class TaskParts {
    private static final String CANCEL = "task.cancel";

    private TaskParts() {}

    /** Makes the parts for an engine. */
    public static Parts of(TaskEngine engine) {
        return new Parts(
                List.of(new Cancel(), ApprovalParts.approve(), ApprovalParts.reject()),
                List.of(new ListView(engine), new InfoView(engine)),
                List.of(new CancelStep(engine), ApprovalParts.step(engine)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                () -> {});
    }

    /** Which tasks to list. */
    public record Query(@Input("Only tasks in this state") Optional<TaskState> state) {}

    /** Names a task. */
    public record Named(
            @Input(value = "The task", at = 0, completedBy = "task.list#id")
            TaskId id) {}

    /** A task in the list. */
    public record Row(
            TaskId id,
            String operation,
            TaskState state,
            String by,
            Instant startedAt,
            @Nullable Instant endedAt,
            String step,
            double progress,
            String message) {}

    /** All that is known of a task. */
    public record Info(
            TaskId id,
            String operation,
            TaskState state,
            String by,
            Instant startedAt,
            @Nullable Instant endedAt,
            double progress,
            String message,
            List<String> claims,
            Record parameters,
            @Nullable Record result,
            List<StepHistory> steps) {}

    /** A task that was asked to end; it takes back what it did and then is CANCELLED. */
    public record Cancelled(TaskId id) {}

    private record ListView(TaskEngine engine) implements View<Query, Row> {
        @Override
        public String name() {
            return "task.list";
        }

        @Override
        public String summary() {
            return "Tasks that go on, then those that ended last";
        }

        @Override
        public Class<Query> parametersType() {
            return Query.class;
        }

        @Override
        public Class<Row> rowType() {
            return Row.class;
        }

        @Override
        public CompletionStage<Page<Row>> read(Query query, Snapshot snapshot, PageRequest page) {
            int from = from(page.after());
            List<Row> rows = new ArrayList<>();
            int number = 0;
            boolean more = false;
            for (TaskStatus status : engine.newest(Integer.MAX_VALUE)) {
                if (query.state().isPresent() && query.state().get() != status.state()) {
                    continue;
                }
                if (rows.size() == page.limit()) {
                    more = true;
                    break;
                }
                if (number++ >= from) {
                    rows.add(row(status));
                }
            }
            return CompletableFuture.completedFuture(
                    new Page<>("", rows, more ? String.valueOf(from + rows.size()) : null));
        }

        private static int from(String after) {
            try {
                return after.isEmpty() ? 0 : Math.max(0, Integer.parseInt(after));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("after: \"" + after + "\"; accepted: what the page before said", e);
            }
        }

        private static Row row(TaskStatus status) {
            String step = status.step() == 0 ? "" : status.step() + "/" + status.steps() + " " + status.title();
            return new Row(
                    status.id(),
                    status.operation(),
                    status.state(),
                    status.by(),
                    status.startedAt(),
                    status.endedAt(),
                    step,
                    status.progress(),
                    status.message());
        }
    }

    private record InfoView(TaskEngine engine) implements View<Named, Info> {
        @Override
        public String name() {
            return "task.info";
        }

        @Override
        public String summary() {
            return "A task with its steps";
        }

        @Override
        public Class<Named> parametersType() {
            return Named.class;
        }

        @Override
        public Class<Info> rowType() {
            return Info.class;
        }

        @Override
        public CompletionStage<Page<Info>> read(Named named, Snapshot snapshot, PageRequest page) {
            TaskStatus status = engine.find(named.id()).orElseThrow(() -> unknown(named.id()));
            TaskHistory history = engine.history(named.id()).orElseThrow(() -> unknown(named.id()));
            TaskEvent.Accepted accepted = history.accepted();
            List<String> claims = new ArrayList<>();
            for (ObjectId claim : accepted.plan().claims()) {
                claims.add(claim.kind() + " " + claim.value());
            }
            Info info = new Info(
                    status.id(),
                    status.operation(),
                    status.state(),
                    status.by(),
                    status.startedAt(),
                    status.endedAt(),
                    status.progress(),
                    status.message(),
                    claims,
                    accepted.parameters(),
                    status.result(),
                    history.steps());
            return CompletableFuture.completedFuture(new Page<>(List.of(info)));
        }
    }

    static IllegalArgumentException unknown(TaskId id) {
        return new IllegalArgumentException(
                "id: task " + id + " is unknown or no longer kept; accepted: one of task:list");
    }

    private record Cancel() implements Operation<Named, Cancelled> {
        @Override
        public OperationType<Named, Cancelled> type() {
            return new OperationType<>(
                    CANCEL, Named.class, Cancelled.class, Role.OPERATOR, "Cancel a task and take back what it did");
        }

        @Override
        public Plan plan(Named parameters, Planning planning) {
            return new Plan(List.of(), List.of(new Step("cancel " + parameters.id(), CANCEL, parameters)));
        }

        @Override
        public Cancelled result(Named parameters, Plan plan, Snapshot after) {
            return new Cancelled(parameters.id());
        }
    }

    private record CancelStep(TaskEngine engine) implements StepHandler<Named> {
        @Override
        public String kind() {
            return CANCEL;
        }

        @Override
        public Class<Named> argumentsType() {
            return Named.class;
        }

        @Override
        public CompletionStage<?> apply(Named named, StepContext context) {
            TaskStatus status = engine.find(named.id()).orElseThrow(() -> unknown(named.id()));
            if (!engine.cancel(named.id()) && status.state() != TaskState.CANCELLED) {
                throw new IllegalArgumentException(
                        "id: task " + named.id() + " has ended: " + status.state() + "; accepted: a task that goes on");
            }
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> undo(Named named, StepContext context) {
            return CompletableFuture.completedFuture(null); // what was taken back stays so
        }

        @Override
        public CompletionStage<StepState> probe(Named named, StepContext context) {
            boolean ended = engine.find(named.id())
                    .map(status -> status.state().ended())
                    .orElse(true);
            return CompletableFuture.completedFuture(ended ? StepState.DONE : StepState.NOT_BEGUN);
        }

        @Override
        public CompletionStage<String> preview(Named named, StepContext context) {
            TaskStatus status = engine.find(named.id()).orElseThrow(() -> unknown(named.id()));
            return CompletableFuture.completedFuture("would end " + status.operation() + ", " + status.state()
                    + " at step " + status.step() + " of " + status.steps());
        }
    }
}
