package org.vinestock.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.vinestock.area.Area;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;
import org.vinestock.area.Twin;
import org.vinestock.area.TwinSpec;
import org.vinestock.area.Twins;
import org.vinestock.decision.Decision;
import org.vinestock.decision.DecisionId;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.Decisions;
import org.vinestock.decision.StrategyRef;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.machines.HostState;
import org.vinestock.machines.Hypervisor;
import org.vinestock.machines.Hypervisors;
import org.vinestock.machines.Machine;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.PowerAction;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.VmSpec;
import org.vinestock.machines.site.ObservedHost;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.Lease;
import org.vinestock.model.ObjectId;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Step;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.store.memory.MemoryInventories;
import org.vinestock.task.Operations;
import org.vinestock.task.PlannedStep;
import org.vinestock.task.Request;
import org.vinestock.task.Task;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskStatus;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;
import org.vinestock.view.PageRequest;

/** Stands in for control plane, machines and placement until they are there: first fit, no claims, no tasks kept. */
public final class StandInPlatform implements Platform, Operations, Twin {
    final SimulatedScheduler scheduler;
    final Inventory inventory;
    final List<Parts> parts = new ArrayList<>();
    final SortedMap<String, Operation<?, ?>> operations = new TreeMap<>();
    private final SortedMap<String, StepHandler<?>> steps = new TreeMap<>();
    private final List<Area> areas;
    private final Lane lane;
    private long number;
    public boolean cancelled;
    String told = "";
    public int twinsBuilt;
    public int twinsClosed;

    public StandInPlatform(long seed, Instant start, List<Area> areas) {
        this.scheduler = new SimulatedScheduler(seed, start, (name, thrown) -> {
            throw new AssertionError("lane " + name, thrown);
        });
        this.inventory = new MemoryInventories().memory(scheduler);
        this.lane = scheduler.lane("stand-in");
        this.areas = areas;
        for (Area area : areas) {
            Parts built = area.build(this);
            parts.add(built);
            built.operations()
                    .forEach(operation -> operations.put(operation.type().name(), operation));
            built.steps().forEach(step -> steps.put(step.kind(), step));
            for (Object service : built.services()) {
                if (service instanceof Hypervisors hypervisors) {
                    hypervisors.onChange(lane, () -> observe(hypervisors));
                }
            }
        }
    }

    private void observe(Hypervisors hypervisors) {
        for (HostId id : hypervisors.hosts()) {
            Hypervisor host = hypervisors.find(id).orElseThrow();
            host.onChange(() -> lane.execute(() -> look(host)));
            look(host);
        }
    }

    private void look(Hypervisor host) {
        host.report()
                .whenCompleteAsync(
                        (report, failure) -> {
                            ObservedHost before = inventory
                                    .head()
                                    .rows(SiteKinds.HOST_OBSERVED)
                                    .find(host.host())
                                    .orElse(null);
                            HostState state = failure == null ? HostState.UP : HostState.DOWN;
                            if (before == null || before.state() != state) {
                                ObservedHost row = report != null
                                        ? new ObservedHost(
                                                host.host(), state, report.millicores(), report.memory(), true)
                                        : new ObservedHost(
                                                host.host(), state, before.millicores(), before.size(), true);
                                put(SiteKinds.HOST_OBSERVED, host.host(), row);
                            }
                        },
                        lane);
    }

    private <T extends Record> void put(org.vinestock.model.Kind<T> kind, ObjectId id, T row) {
        inventory.commit(new ChangeSet(inventory.head().ref().revision(), List.of(new Change.Put<>(kind, id, row))));
    }

    private Hypervisor host(HostId id) {
        return parts.stream()
                .flatMap(built -> built.services().stream())
                .filter(Hypervisors.class::isInstance)
                .flatMap(service -> ((Hypervisors) service).find(id).stream())
                .findFirst()
                .orElseThrow();
    }

    @Override
    public <P extends Record, R extends Record> Task<R> start(OperationType<P, R> type, P parameters, Request by) {
        TaskId id = new TaskId("t-" + ++number);
        CompletableFuture<Object> done = new CompletableFuture<>();
        if (type.name().equals("vm.create")) {
            create((MachineOperations.CreateVm) (Record) parameters, id, done);
        } else if (type.name().equals("vm.delete")) {
            delete(((MachineOperations.OneVm) (Record) parameters).id(), id, done);
        } else {
            runPlanned(type, parameters, done);
        }
        return new Task<>(id, done.thenApply(type.result()::cast));
    }

    private void create(MachineOperations.CreateVm asked, TaskId task, CompletableFuture<Object> done) {
        VmId id = asked.id() == null ? new VmId("vm-" + number) : asked.id();
        long millicores = asked.cores().movePointRight(3).longValue();
        Hosts hosts = inventory.head().hosts();
        for (int row = 0; row < hosts.end(); row++) {
            if (hosts.accepts(row)
                    && hosts.freeMillicores(row) >= millicores
                    && hosts.freeMemory(row) >= asked.memory().bytes()) {
                HostId host = hosts.id(row);
                put(SiteKinds.VM, id, new Vm(id, millicores, asked.memory(), asked.labels(), PowerState.RUNNING, host));
                Lease lease = new Lease(id, task.value(), number);
                host(host)
                        .create(new VmSpec(id, millicores, asked.memory(), asked.labels()), lease)
                        .thenComposeAsync(machine -> machine.power(PowerAction.START, lease), lane)
                        .whenCompleteAsync((ok, e) -> end(done, new MachineOperations.VmCreated(id, host), e), lane);
                return;
            }
        }
        done.completeExceptionally(new VinestockException(MachineError.NO_HOST_FITS, "no room for " + id));
    }

    private void delete(VmId id, TaskId task, CompletableFuture<Object> done) {
        HostId host = inventory.head().rows(SiteKinds.VM).find(id).orElseThrow().host();
        Machine machine = host(host).find(id).orElseThrow();
        machine.delete(new Lease(id, task.value(), number))
                .whenCompleteAsync(
                        (gone, e) -> {
                            if (e == null) {
                                inventory.commit(new ChangeSet(
                                        inventory.head().ref().revision(),
                                        List.of(new Change.Removed(SiteKinds.VM, id))));
                            }
                            end(done, new MachineOperations.VmChanged(id, "gone"), e);
                        },
                        lane);
    }

    private static void end(CompletableFuture<Object> done, Object result, Throwable failure) {
        if (failure == null) {
            done.complete(result);
        } else {
            done.completeExceptionally(failure);
        }
    }

    @SuppressWarnings("unchecked")
    private <P extends Record, R extends Record> void runPlanned(
            OperationType<P, R> type, P parameters, CompletableFuture<Object> done) {
        Operation<P, R> operation = (Operation<P, R>) operations.get(type.name());
        Plan plan = operation.plan(parameters, new Planning() {
            @Override
            public Snapshot snapshot() {
                return inventory.head();
            }

            @Override
            public String newId(String kind) {
                return kind + "-" + ++number;
            }
        });
        step(plan, 0, operation, parameters, done);
    }

    @SuppressWarnings("unchecked")
    private <P extends Record, R extends Record> void step(
            Plan plan, int index, Operation<P, R> operation, P parameters, CompletableFuture<Object> done) {
        if (index == plan.steps().size()) {
            done.complete(operation.result(parameters, plan, inventory.head()));
            return;
        }
        Step step = plan.steps().get(index);
        ((StepHandler<Record>) steps.get(step.kind()))
                .apply(step.arguments(), new Context())
                .whenCompleteAsync(
                        (ok, failure) -> {
                            if (failure != null) {
                                done.completeExceptionally(failure);
                            } else {
                                step(plan, index + 1, operation, parameters, done);
                            }
                        },
                        lane);
    }

    private final class Context implements StepContext {
        @Override
        public Snapshot snapshot() {
            return inventory.head();
        }

        @Override
        public Lease lease(ObjectId claim) {
            return new Lease(claim, "t-1", 1);
        }

        @Override
        public void progress(double share, String text) {
            told = text;
        }

        @Override
        public boolean cancelled() {
            return cancelled;
        }
    }

    @Override
    public Scheduler scheduler() {
        return scheduler;
    }

    @Override
    public Inventory inventory() {
        return inventory;
    }

    @Override
    public Operations operations() {
        return this;
    }

    @Override
    public Twins twins() {
        return (TwinSpec spec) -> {
            twinsBuilt++;
            StandInPlatform of = this;
            StandInPlatform twin = new StandInPlatform(spec.seed(), spec.start(), areas);
            return new Twin() {
                @Override
                public Platform platform() {
                    return twin;
                }

                @Override
                public long run(Instant until, long maxEvents) {
                    return twin.run(until, maxEvents);
                }

                @Override
                public void close() {
                    of.twinsClosed++;
                    twin.close();
                }
            };
        };
    }

    @Override
    public <S> List<S> services(Class<S> type) {
        return parts.stream()
                .flatMap(built -> built.services().stream())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    @Override
    public Decisions decisions() {
        return new Decisions() {
            @Override
            public <Q extends Record, A, O extends Record> CompletionStage<Decision<A>> ask(
                    DecisionPoint<Q, A, O> point, Q question) {
                throw new UnsupportedOperationException();
            }

            @Override
            public <Q extends Record, A, O extends Record> CompletionStage<Decision<A>> reserve(
                    DecisionPoint<Q, A, O> point,
                    Q question,
                    BiFunction<A, Snapshot, ChangeSet> changes,
                    boolean despite) {
                throw new UnsupportedOperationException();
            }

            @Override
            public <O extends Record> void outcome(DecisionId decision, O outcome) {}

            @Override
            public List<StrategyRef> strategies(String point) {
                return List.of(new StrategyRef(point, "best-fit", "1.0", StrategyRef.BUILT_IN));
            }
        };
    }

    @Override
    public Platform platform() {
        return this;
    }

    @Override
    public long run(Instant until, long maxEvents) {
        return scheduler.run(until, maxEvents);
    }

    @Override
    public void close() {
        parts.forEach(built -> built.close().cancel());
    }

    @Override
    public List<OperationType<?, ?>> types() {
        List<OperationType<?, ?>> types = new ArrayList<>();
        operations.values().forEach(operation -> types.add(operation.type()));
        return types;
    }

    @Override
    public <P extends Record> CompletionStage<List<PlannedStep>> preview(OperationType<P, ?> type, P parameters) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<TaskStatus> find(TaskId id) {
        return Optional.empty();
    }

    @Override
    public boolean cancel(TaskId id) {
        return false;
    }

    @Override
    public Cancellable watch(TaskId id, Lane on, Consumer<TaskStatus> listener) {
        return () -> {};
    }

    /** Lets simulated time pass. */
    public void pass(Duration time) {
        scheduler.run(scheduler.instant().plus(time), 100_000_000);
    }

    /** The rows of a view of the lab. */
    public <R extends Record> List<R> rows(String view, Class<R> type) {
        return parts.stream()
                .flatMap(built -> built.views().stream())
                .filter(candidate -> candidate.name().equals(view))
                .findFirst()
                .orElseThrow()
                .read(null, inventory.head(), new PageRequest("", 100))
                .toCompletableFuture()
                .getNow(null)
                .rows()
                .stream()
                .map(type::cast)
                .toList();
    }
}
