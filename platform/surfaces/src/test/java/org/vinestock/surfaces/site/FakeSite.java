package org.vinestock.surfaces.site;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Platform;
import org.vinestock.area.Twins;
import org.vinestock.audit.Audit;
import org.vinestock.audit.AuditFilter;
import org.vinestock.audit.AuditReport;
import org.vinestock.audit.AuditRow;
import org.vinestock.audit.AuditWatch;
import org.vinestock.audit.Deed;
import org.vinestock.decision.Decisions;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.HostLoad;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Rows;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.model.ByteCount;
import org.vinestock.model.ErrorCode;
import org.vinestock.model.Kind;
import org.vinestock.model.Labels;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.operation.Input;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Role;
import org.vinestock.task.Operations;
import org.vinestock.task.PlannedStep;
import org.vinestock.task.Request;
import org.vinestock.task.Task;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskState;
import org.vinestock.task.TaskStatus;
import org.vinestock.terminal.Terminal;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.Picture;
import org.vinestock.view.View;
import org.vinestock.view.Views;

/**
 * A site of three VMs: {@code vm.list}, {@code vm.info} and {@code vm.create}, whose tasks end when a test says so. For one
 * thread.
 */
public final class FakeSite implements Operations, Views, Inventory, Platform, Scheduler {
    public static final OperationType<Create, Created> CREATE =
            new OperationType<>("vm.create", Create.class, Created.class, Role.OPERATOR, "Place a new VM");

    /** All that was asked for. */
    public final List<Request> requests = new ArrayList<>();

    /** All parameters that tasks were started with. */
    public final List<Record> started = new ArrayList<>();

    /** What a new task becomes at once. */
    public TaskState becomes = TaskState.DONE;

    /** Why a new task fails. */
    public Throwable failure = new VinestockException(Code.NO_ROOM, "vm-4 needs 2 cores, 1 is free");

    /** The committed revision. */
    public long revision = 7;

    /** What changed since any former revision; empty = no longer known. */
    public Optional<List<Change>> changes = Optional.empty();

    /** What the audit was told. */
    public final List<Deed> deeds = new ArrayList<>();

    /** Whether the audit cannot be written. */
    public boolean auditFails;

    /** Views beside those of VMs. */
    public final List<View<?, ?>> more = new ArrayList<>();

    /** What areas offer. */
    public final List<Terminal<?>> terminals = new ArrayList<>();

    /** How much later it is each time that somebody looks at the clock. */
    public Duration tick = Duration.ZERO;

    private long nanos;
    private final Map<String, TaskStatus> tasks = new LinkedHashMap<>();

    public enum Code implements ErrorCode {
        NO_ROOM(Cause.CAPACITY),
        FROZEN(Cause.CALLER),
        HOST_UNREACHABLE(Cause.ENVIRONMENT);

        private final Cause cause;

        Code(Cause cause) {
            this.cause = cause;
        }

        @Override
        public Cause cause() {
            return cause;
        }
    }

    public record Create(
            @Input(value = "Name of the VM", at = 0, optional = true) @Nullable
            VmId id,

            @Input(value = "CPU cores", byDefault = "1") BigDecimal cores,
            @Input("Memory, such as 4GiB") ByteCount memory,
            @Input("Labels") Labels labels,

            @Input(value = "What it runs on", byDefault = "KVM")
            Machine machine,

            @Input("Networks") List<String> networks,
            @Input("Start it") boolean startNow) {}

    public enum Machine {
        KVM,
        TCG
    }

    public record Created(VmId id, String host) {}

    public record Row(VmId id, ByteCount memory, int cores, String host, Optional<Duration> age) {}

    public record Which(
            @Input(value = "Name of the VM", at = 0) VmId id) {}

    public record All(
            @Input(value = "Only on this host", optional = true) @Nullable
            String host) {}

    public Site site() {
        return new Site(this, this, new JsonCodec(), this, this, new TestAudit());
    }

    public static final List<Row> ROWS = List.of(
            new Row(new VmId("vm-1"), ByteCount.ofGib(4), 2, "z1-r1-h01", Optional.of(Duration.ofMinutes(3))),
            new Row(new VmId("vm-2"), new ByteCount(512L << 20), 16, "z1-r1-h02", Optional.empty()),
            new Row(new VmId("web-3"), ByteCount.ofGib(12), 1, "z2-r3-h17", Optional.of(Duration.ofDays(40))));

    private final class TestAudit implements Audit {
        @Override
        public CompletionStage<Long> tell(Deed deed) {
            if (auditFails) {
                return CompletableFuture.failedFuture(
                        new VinestockException(Code.HOST_UNREACHABLE, "the store is not available"));
            }
            deeds.add(deed);
            return CompletableFuture.completedFuture((long) deeds.size());
        }

        @Override
        public CompletionStage<List<AuditRow>> newest(AuditFilter filter, long before, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<AuditReport> verify(AuditWatch watch) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean kept() {
            return false;
        }
    }

    public record Shown(VmId id) implements Picture {
        @Override
        public byte[] asPng() {
            return new byte[] {1, 2, 3};
        }
    }

    /** {@code vm.secret}: a picture, for operators. */
    public record Secret() implements View<Which, Shown> {
        @Override
        public String name() {
            return "vm.secret";
        }

        @Override
        public String summary() {
            return "Show what not everyone may see";
        }

        @Override
        public Class<Which> parametersType() {
            return Which.class;
        }

        @Override
        public Class<Shown> rowType() {
            return Shown.class;
        }

        @Override
        public Role role() {
            return Role.OPERATOR;
        }

        @Override
        public CompletionStage<Page<Shown>> read(Which parameters, Snapshot snapshot, PageRequest page) {
            return new OneVm()
                    .read(parameters, snapshot, page)
                    .thenApply(found ->
                            new Page<>(List.of(new Shown(found.rows().get(0).id()))));
        }
    }

    private record ListOfVms() implements View<All, Row> {
        @Override
        public String name() {
            return "vm.list";
        }

        @Override
        public String summary() {
            return "List the VMs";
        }

        @Override
        public Class<All> parametersType() {
            return All.class;
        }

        @Override
        public Class<Row> rowType() {
            return Row.class;
        }

        @Override
        public CompletionStage<Page<Row>> read(All parameters, Snapshot snapshot, PageRequest page) {
            List<Row> rows = ROWS.stream()
                    .filter(row -> parameters.host() == null || row.host().equals(parameters.host()))
                    .filter(row -> row.id().value().compareTo(page.after()) > 0)
                    .toList();
            boolean more = rows.size() > page.limit();
            List<Row> shown = more ? rows.subList(0, page.limit()) : rows;
            return CompletableFuture.completedFuture(new Page<>(
                    "", shown, more ? shown.get(shown.size() - 1).id().value() : null));
        }
    }

    private record OneVm() implements View<Which, Row> {
        @Override
        public String name() {
            return "vm.info";
        }

        @Override
        public String summary() {
            return "Show a VM";
        }

        @Override
        public Class<Which> parametersType() {
            return Which.class;
        }

        @Override
        public Class<Row> rowType() {
            return Row.class;
        }

        @Override
        public CompletionStage<Page<Row>> read(Which parameters, Snapshot snapshot, PageRequest page) {
            return CompletableFuture.completedFuture(new Page<>(ROWS.stream()
                    .filter(row -> row.id().equals(parameters.id()))
                    .findFirst()
                    .map(List::of)
                    .orElseThrow(() -> new IllegalArgumentException("there is no VM " + parameters.id()))));
        }
    }

    @Override
    public List<View<?, ?>> all() {
        return Stream.concat(Stream.of(new OneVm(), new ListOfVms()), more.stream())
                .toList();
    }

    @Override
    public List<OperationType<?, ?>> types() {
        return List.of(CREATE);
    }

    @Override
    public <P extends Record, R extends Record> Task<R> start(OperationType<P, R> type, P parameters, Request request) {
        requests.add(request);
        started.add(parameters);
        TaskId id = new TaskId("t-" + started.size());
        Record created = new Created(new VmId("vm-4"), "z1-r1-h01");
        CompletableFuture<R> result = new CompletableFuture<>();
        boolean failed = becomes == TaskState.FAILED;
        if (becomes == TaskState.DONE) {
            result.complete(type.result().cast(created));
        } else if (failed) {
            result.completeExceptionally(failure);
        }
        tasks.put(
                id.value(),
                new TaskStatus(
                        id,
                        type.name(),
                        becomes,
                        request.by(),
                        Instant.EPOCH,
                        becomes.ended() ? Instant.EPOCH : null,
                        1,
                        2,
                        "start vm-4",
                        0.5,
                        failed ? String.valueOf(failure.getMessage()) : "acting is frozen",
                        becomes == TaskState.DONE ? created : null));
        return new Task<>(id, result);
    }

    @Override
    public <P extends Record> CompletionStage<List<PlannedStep>> preview(OperationType<P, ?> type, P parameters) {
        return CompletableFuture.completedFuture(List.of(
                new PlannedStep("place vm-4", "best-fit would choose z1-r1-h01"), new PlannedStep("start vm-4", "")));
    }

    @Override
    public Optional<TaskStatus> find(TaskId id) {
        return Optional.ofNullable(tasks.get(id.value()));
    }

    @Override
    public boolean cancel(TaskId id) {
        return false;
    }

    @Override
    public Cancellable watch(TaskId id, Lane lane, Consumer<TaskStatus> listener) {
        lane.execute(() -> find(id).ifPresent(listener));
        return () -> {};
    }

    @Override
    public Snapshot head() {
        return committed();
    }

    @Override
    public Snapshot committed() {
        return new Snapshot() {
            @Override
            public SnapshotRef ref() {
                return new SnapshotRef(revision, 0);
            }

            @Override
            public Hosts hosts() {
                throw new UnsupportedOperationException();
            }

            @Override
            public <T extends Record> Rows<T> rows(Kind<T> kind) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Optional<List<Change>> changesSince(long since) {
                return changes;
            }
        };
    }

    @Override
    public CompletionStage<Snapshot> at(SnapshotRef ref) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Commit> commit(ChangeSet changes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long measure(List<HostLoad> loads) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Cancellable onChange(Lane lane, Runnable wake) {
        return () -> {};
    }

    @Override
    public Scheduler scheduler() {
        return this;
    }

    @Override
    public Inventory inventory() {
        return this;
    }

    @Override
    public Decisions decisions() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Operations operations() {
        return this;
    }

    @Override
    public Twins twins() {
        throw new UnsupportedOperationException();
    }

    @Override
    public <S> List<S> services(Class<S> type) {
        return terminals.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH;
    }

    @Override
    public long nanoTime() {
        nanos += tick.toNanos();
        return nanos;
    }

    /** A lane that runs at once: good enough where nobody depends on order. */
    @Override
    public Lane lane(String name) {
        return Runnable::run;
    }

    @Override
    public Cancellable after(Duration delay, Lane lane, Runnable task) {
        return () -> {};
    }

    @Override
    public RandomGenerator random(String purpose) {
        throw new UnsupportedOperationException();
    }
}
