package org.vinestock.lab.site;

import java.util.concurrent.CompletionStage;
import org.vinestock.machines.Machine;
import org.vinestock.machines.Offer;
import org.vinestock.machines.PowerAction;
import org.vinestock.model.Lease;
import org.vinestock.model.VmId;

/** A VM on a lab host. */
record LabMachine(LabHost host, VmId id) implements Machine {
    @Override
    public CompletionStage<?> power(PowerAction action, Lease lease) {
        return host.power(id, action, lease);
    }

    @Override
    public CompletionStage<?> delete(Lease lease) {
        return host.delete(id, lease);
    }

    @Override
    public <C> Offer<C> capability(Class<C> type) {
        return new Offer.Missing<>(
                host.host() + " is a lab host: it plays VMs as states and loads and has no " + type.getSimpleName());
    }
}
