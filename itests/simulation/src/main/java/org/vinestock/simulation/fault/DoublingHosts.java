package org.vinestock.simulation.fault;

import java.util.List;
import org.vinestock.machines.Hypervisor;
import org.vinestock.machines.Hypervisors;
import org.vinestock.machines.PowerAction;
import org.vinestock.machines.VmSpec;
import org.vinestock.model.HostId;
import org.vinestock.model.Lease;
import org.vinestock.model.VmId;

/** Hosts of which each makes and starts the next one's VMs, too. */
final class DoublingHosts extends StandInHosts {
    DoublingHosts(Hypervisors hosts) {
        super(hosts);
    }

    private Hypervisor next(HostId host) {
        List<HostId> all = hosts();
        return hosts.find(all.get((all.indexOf(host) + 1) % all.size())).orElseThrow();
    }

    @Override
    void made(HostId host, VmSpec spec, Lease lease) {
        next(host).create(spec, lease);
    }

    @Override
    void switched(HostId host, VmId vm, PowerAction action, Lease lease) {
        next(host).find(vm).ifPresent(machine -> machine.power(action, lease));
    }
}
