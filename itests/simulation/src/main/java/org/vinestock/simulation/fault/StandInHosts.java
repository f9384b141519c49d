package org.vinestock.simulation.fault;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
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

/** Passes everything on; who extends it does one thing wrong. */
class StandInHosts implements Hypervisors {
    final Hypervisors hosts;

    StandInHosts(Hypervisors hosts) {
        this.hosts = hosts;
    }

    /** The lease that is shown to the host. */
    Lease shown(Lease lease) {
        return lease;
    }

    /** Is told that a VM is being made on a host. */
    void made(HostId host, VmSpec spec, Lease lease) {}

    /** Is told that a VM is being switched on or off on a host. */
    void switched(HostId host, VmId vm, PowerAction action, Lease lease) {}

    @Override
    public List<HostId> hosts() {
        return hosts.hosts();
    }

    @Override
    public Optional<Hypervisor> find(HostId host) {
        return hosts.find(host).map(StandIn::new);
    }

    @Override
    public Cancellable onChange(Lane on, Runnable wake) {
        return hosts.onChange(on, wake);
    }

    private final class StandIn implements Hypervisor {
        private final Hypervisor hypervisor;

        StandIn(Hypervisor hypervisor) {
            this.hypervisor = hypervisor;
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
            made(host(), spec, lease);
            return hypervisor.create(spec, shown(lease));
        }

        @Override
        public Optional<Machine> find(VmId id) {
            return hypervisor.find(id).map(machine -> new StandInMachine(host(), machine));
        }

        @Override
        public CompletionStage<?> remove(VmId id, Lease lease) {
            return hypervisor.remove(id, shown(lease));
        }

        @Override
        public Cancellable onChange(Runnable wake) {
            return hypervisor.onChange(wake);
        }
    }

    private final class StandInMachine implements Machine {
        private final HostId host;
        private final Machine machine;

        StandInMachine(HostId host, Machine machine) {
            this.host = host;
            this.machine = machine;
        }

        @Override
        public VmId id() {
            return machine.id();
        }

        @Override
        public CompletionStage<?> power(PowerAction action, Lease lease) {
            switched(host, id(), action, lease);
            return machine.power(action, shown(lease));
        }

        @Override
        public CompletionStage<?> delete(Lease lease) {
            return machine.delete(shown(lease));
        }

        @Override
        public <C> Offer<C> capability(Class<C> type) {
            return machine.capability(type);
        }
    }
}
