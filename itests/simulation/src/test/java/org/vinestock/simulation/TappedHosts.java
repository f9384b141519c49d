package org.vinestock.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.vinestock.machines.HostReport;
import org.vinestock.machines.Hypervisor;
import org.vinestock.machines.Hypervisors;
import org.vinestock.machines.Machine;
import org.vinestock.machines.Offer;
import org.vinestock.machines.PowerAction;
import org.vinestock.machines.VmSpec;
import org.vinestock.model.HostId;
import org.vinestock.model.Lease;
import org.vinestock.model.VmId;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * Stands before hosts: notes the leases that are shown to them, and now and then delivers a call once more when another
 * task has taken over, as a network does that was slow. A host that lets a call with an older epoch through than it
 * accepted before is found.
 */
final class TappedHosts implements Hypervisors {
    private final Hypervisors hosts;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final Lane lane;
    private final Map<String, TappedHost> tapped = new TreeMap<>();
    private final Map<Long, String> holders = new TreeMap<>();
    private @Nullable String wrong;

    TappedHosts(Hypervisors hosts, Scheduler scheduler) {
        this.hosts = hosts;
        this.scheduler = scheduler;
        random = scheduler.random("late calls");
        lane = scheduler.lane("network");
    }

    /** What was found wrong; null if nothing. */
    @Nullable
    String wrong() {
        return wrong;
    }

    @Override
    public List<HostId> hosts() {
        return hosts.hosts();
    }

    @Override
    public Optional<Hypervisor> find(HostId host) {
        return hosts.find(host)
                .map(found -> tapped.computeIfAbsent(host.value(), name -> new TappedHost(found))
                        .on(found));
    }

    @Override
    public Cancellable onChange(Lane on, Runnable wake) {
        return hosts.onChange(on, wake);
    }

    /** Calls now, and perhaps once more later. */
    private <T> CompletionStage<T> call(TappedHost host, VmId vm, Lease lease, Supplier<CompletionStage<T>> call) {
        String holder = holders.putIfAbsent(lease.epoch(), lease.holder() + " on " + vm);
        if (holder != null && !holder.equals(lease.holder() + " on " + vm)) {
            wrong = "epoch " + lease.epoch() + " has two holders: " + holder + " and " + lease.holder() + " on " + vm;
        }
        if (random.nextInt(5) == 0) {
            Duration late = Duration.ofMillis(random.nextInt(3) == 0 ? 0 : random.nextInt(20_000));
            scheduler.after(late, lane, () -> {
                if (host.newest.getOrDefault(vm.value(), 0L) > lease.epoch()) {
                    noted(host, vm, lease, call.get());
                }
            });
        }
        return noted(host, vm, lease, call.get());
    }

    private <T> CompletionStage<T> noted(TappedHost host, VmId vm, Lease lease, CompletionStage<T> result) {
        long newest = host.newest.getOrDefault(vm.value(), 0L);
        if (lease.epoch() >= newest && !result.toCompletableFuture().isCompletedExceptionally()) {
            host.newest.put(vm.value(), lease.epoch());
        }
        result.whenCompleteAsync(
                (done, thrown) -> {
                    if (thrown == null && lease.epoch() < newest) {
                        wrong = host.hypervisor.host() + " let a call of epoch " + lease.epoch() + " on " + vm
                                + " through after epoch " + newest;
                    }
                },
                lane);
        return result;
    }

    private final class TappedHost implements Hypervisor {
        private final Map<String, Long> newest = new TreeMap<>();
        private Hypervisor hypervisor;

        TappedHost(Hypervisor hypervisor) {
            this.hypervisor = hypervisor;
        }

        TappedHost on(Hypervisor found) {
            hypervisor = found;
            return this;
        }

        @Override
        public HostId host() {
            return hypervisor.host();
        }

        @Override
        public CompletionStage<HostReport> report() {
            return hypervisor.report();
        }

        @Override
        public CompletionStage<Machine> create(VmSpec spec, Lease lease) {
            CompletionStage<Machine> made = call(this, spec.id(), lease, () -> hypervisor.create(spec, lease));
            return made.thenApplyAsync(machine -> new TappedMachine(this, machine), lane);
        }

        @Override
        public Optional<Machine> find(VmId id) {
            return hypervisor.find(id).map(machine -> new TappedMachine(this, machine));
        }

        @Override
        public Cancellable onChange(Runnable wake) {
            return hypervisor.onChange(wake);
        }
    }

    private final class TappedMachine implements Machine {
        private final TappedHost host;
        private final Machine machine;

        TappedMachine(TappedHost host, Machine machine) {
            this.host = host;
            this.machine = machine;
        }

        @Override
        public VmId id() {
            return machine.id();
        }

        @Override
        public CompletionStage<?> power(PowerAction action, Lease lease) {
            return call(host, id(), lease, () -> machine.power(action, lease).thenApplyAsync(Object.class::cast, lane));
        }

        @Override
        public CompletionStage<?> delete(Lease lease) {
            return call(host, id(), lease, () -> machine.delete(lease).thenApplyAsync(Object.class::cast, lane));
        }

        @Override
        public <C> Offer<C> capability(Class<C> type) {
            return machine.capability(type);
        }
    }
}
