package org.vinestock.machines.provider.step;

import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;

/** Looks up VMs that steps were planned for. */
public final class VmRows {
    private VmRows() {}

    /** A VM that a step was planned for. */
    public static Vm wanted(VmId vm, Snapshot snapshot) {
        return snapshot.rows(SiteKinds.VM)
                .find(vm)
                .orElseThrow(() -> new VinestockException(
                        MachineError.CHANGED_MEANWHILE, vm + " is gone; someone deleted it meanwhile"));
    }

    /** Where a VM should be. */
    public static HostId place(VmId vm, Snapshot snapshot) {
        return place(wanted(vm, snapshot));
    }

    /** Where a VM should be. */
    public static HostId place(Vm vm) {
        @Nullable HostId host = vm.host();
        if (host == null) {
            throw new VinestockException(MachineError.CHANGED_MEANWHILE, vm + " has no place any more; place it again");
        }
        return host;
    }
}
