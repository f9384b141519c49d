package org.vinestock.qemu.host;

import java.util.concurrent.CompletionStage;
import org.vinestock.machines.Machine;
import org.vinestock.machines.Offer;
import org.vinestock.machines.PowerAction;
import org.vinestock.model.Lease;
import org.vinestock.model.VmId;

/** A VM by its name: whichever is on the host when it is asked. */
record QemuMachine(QemuHost host, VmId id) implements Machine {
    @Override
    public CompletionStage<?> power(PowerAction action, Lease lease) {
        return host.power(id, action, lease);
    }

    @Override
    public CompletionStage<?> delete(Lease lease) {
        return host.remove(id, lease);
    }

    @Override
    public <C> Offer<C> capability(Class<C> type) {
        return new Offer.Missing<>("VMs of QEMU offer no " + type.getSimpleName() + " yet");
    }
}
