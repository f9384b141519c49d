package org.vinestock.simulation.fault;

import org.vinestock.machines.Hypervisors;
import org.vinestock.model.Lease;

/** Hosts to which every epoch is the newest. */
final class ForgetfulHosts extends StandInHosts {
    ForgetfulHosts(Hypervisors hosts) {
        super(hosts);
    }

    @Override
    Lease shown(Lease lease) {
        return new Lease(lease.object(), lease.holder(), Long.MAX_VALUE);
    }
}
