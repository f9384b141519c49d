package org.vinestock.simulation.fault;

import java.util.TreeSet;
import org.vinestock.machines.Hypervisors;
import org.vinestock.machines.Machine;
import org.vinestock.machines.PowerAction;
import org.vinestock.model.HostId;
import org.vinestock.model.Lease;
import org.vinestock.model.VmId;

/** Hosts that switch a VM off and on again when they are told for the second time to switch it on. */
final class TogglingHosts extends StandInHosts {
    private final TreeSet<String> told = new TreeSet<>();

    TogglingHosts(Hypervisors hosts) {
        super(hosts);
    }

    @Override
    void switched(HostId host, VmId vm, PowerAction action, Lease lease) {
        boolean again = !told.add(host + " " + vm + " " + action + " " + lease.epoch());
        if (again && action == PowerAction.START) {
            Machine machine = hosts.find(host).orElseThrow().find(vm).orElseThrow();
            machine.power(PowerAction.STOP, lease);
        }
    }
}
