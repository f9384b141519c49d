package org.vinestock.simulation.hosts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vinestock.machines.HostReport;
import org.vinestock.machines.Hypervisor;
import org.vinestock.machines.Hypervisors;
import org.vinestock.machines.Machine;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.Offer;
import org.vinestock.machines.PowerAction;
import org.vinestock.machines.VmSpec;
import org.vinestock.model.HostId;
import org.vinestock.model.Lease;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * The hosts as one process of the control plane sees them: over wires on which messages may be slow, lost and doubled, in both
 * directions. A call that is not answered within {@link #PATIENCE} fails, whatever became of it.
 *
 * <p>What is on its way arrives, whether or not the process still lives.
 */
final class Network implements Hypervisors {
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private final World world;
    private final Hypervisors hosts;
    private final Scheduler scheduler;
    private final Lane wire;
    private final Lane process;
    private final Map<String, Endpoint> endpoints = new TreeMap<>();
    private final List<Cancellable> subscriptions = new ArrayList<>();

    /** Makes one. {@code scheduler}: of the world. */
    Network(World world, Hypervisors hosts, Scheduler scheduler, Scheduler process) {
        this.world = world;
        this.hosts = hosts;
        this.scheduler = scheduler;
        wire = scheduler.lane("wires");
        this.process = process.lane("wires");
    }

    /** Nobody listens any more. */
    void close() {
        subscriptions.forEach(Cancellable::cancel);
    }

    @Override
    public List<HostId> hosts() {
        return hosts.hosts();
    }

    @Override
    public Optional<Hypervisor> find(HostId host) {
        return hosts.find(host)
                .map(found -> endpoints.computeIfAbsent(host.value(), name -> new Endpoint(world.wire(host), found)));
    }

    @Override
    public Cancellable onChange(Lane on, Runnable wake) {
        return hosts.onChange(on, wake);
    }

    private <T> CompletionStage<T> call(Endpoint host, Supplier<CompletionStage<T>> act) {
        Wire between = host.wire;
        if (!between.isDisturbed()) {
            return act.get();
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        Cancellable limit = scheduler.after(
                PATIENCE,
                process,
                () -> answer.completeExceptionally(new VinestockException(
                        MachineError.HOST_UNREACHABLE,
                        host.host() + " did not answer within " + PATIENCE.toSeconds()
                                + " s; what was asked may happen yet")));
        if (!between.loses()) {
            scheduler.after(between.delay(), wire, () -> deliver(between, act, answer, limit));
        }
        if (between.doubles()) {
            scheduler.after(between.doubledAfter(), wire, () -> {
                if (!between.isCut()) {
                    CompletionStage<T> unused = act.get();
                }
            });
        }
        return answer;
    }

    private <T> void deliver(
            Wire between, Supplier<CompletionStage<T>> act, CompletableFuture<T> answer, Cancellable limit) {
        if (between.isCut()) {
            return;
        }
        act.get()
                .whenCompleteAsync(
                        (value, thrown) -> {
                            if (!between.loses()) {
                                scheduler.after(between.delay(), process, () -> {
                                    limit.cancel();
                                    complete(answer, value, thrown);
                                });
                            }
                        },
                        wire);
    }

    private static <T> void complete(CompletableFuture<T> answer, T value, @Nullable Throwable thrown) {
        if (thrown == null) {
            answer.complete(value);
        } else {
            answer.completeExceptionally(thrown);
        }
    }

    private <T> CompletionStage<T> act(Endpoint host, VmId vm, Lease lease, Supplier<CompletionStage<T>> act) {
        world.leases().sent(vm, lease);
        return call(host, () -> world.leases().arrived(host.host(), vm, lease, act.get(), wire));
    }

    private final class Endpoint implements Hypervisor {
        private final Wire wire;
        private final Hypervisor hypervisor;

        Endpoint(Wire wire, Hypervisor hypervisor) {
            this.wire = wire;
            this.hypervisor = hypervisor;
        }

        @Override
        public HostId host() {
            return hypervisor.host();
        }

        /** Real hosts cannot say that they lost their power, so these do not count as played: they are asked again and again. */
        @Override
        public CompletionStage<HostReport> report() {
            return call(
                    this, () -> hypervisor.report().thenApplyAsync(now -> real(wire.reported(now)), Network.this.wire));
        }

        private static HostReport real(HostReport report) {
            return new HostReport(
                    report.host(),
                    report.millicores(),
                    report.memory(),
                    report.load(),
                    report.machines(),
                    false,
                    report.facts());
        }

        @Override
        public CompletionStage<Machine> create(VmSpec spec, Lease lease) {
            return act(
                    this,
                    spec.id(),
                    lease,
                    () -> hypervisor
                            .create(spec, lease)
                            .thenApplyAsync(machine -> new Remote(this, machine), Network.this.wire));
        }

        @Override
        public Optional<Machine> find(VmId id) {
            return hypervisor.find(id).map(machine -> new Remote(this, machine));
        }

        @Override
        public CompletionStage<?> remove(VmId id, Lease lease) {
            world.leases().stops(host(), id, lease);
            return act(
                    this,
                    id,
                    lease,
                    () -> hypervisor.remove(id, lease).thenApplyAsync(Object.class::cast, Network.this.wire));
        }

        @Override
        public Cancellable onChange(Runnable wake) {
            Cancellable subscription = hypervisor.onChange(() -> {
                if (!wire.isDisturbed()) {
                    wake.run();
                } else if (!wire.loses()) {
                    scheduler.after(wire.delay(), process, wake);
                }
            });
            subscriptions.add(subscription);
            return subscription;
        }
    }

    private final class Remote implements Machine {
        private final Endpoint host;
        private final Machine machine;

        Remote(Endpoint host, Machine machine) {
            this.host = host;
            this.machine = machine;
        }

        @Override
        public VmId id() {
            return machine.id();
        }

        @Override
        public CompletionStage<?> power(PowerAction action, Lease lease) {
            boolean start = action == PowerAction.START;
            if (action == PowerAction.STOP || action == PowerAction.SHUT_DOWN) {
                world.leases().stops(host.host(), id(), lease);
            }
            return act(host, id(), lease, () -> {
                if (start) {
                    world.leases().starts(host.host(), id(), lease);
                }
                return machine.power(action, lease).thenApplyAsync(Object.class::cast, wire);
            });
        }

        @Override
        public CompletionStage<?> delete(Lease lease) {
            world.leases().stops(host.host(), id(), lease);
            return act(host, id(), lease, () -> machine.delete(lease).thenApplyAsync(Object.class::cast, wire));
        }

        @Override
        public <C> Offer<C> capability(Class<C> type) {
            return machine.capability(type);
        }
    }
}
