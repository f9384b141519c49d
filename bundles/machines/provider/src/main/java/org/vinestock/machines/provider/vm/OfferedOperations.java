package org.vinestock.machines.provider.vm;

import java.util.ArrayList;
import java.util.List;
import org.vinestock.operation.Operation;

/** All operations on VMs and hosts. */
public final class OfferedOperations {
    private OfferedOperations() {}

    /** Makes them. */
    public static List<Operation<?, ?>> all() {
        List<Operation<?, ?>> all = new ArrayList<>(List.of(
                new CreateVmOperation(),
                new DeleteVmOperation(),
                PowerVmOperation.start(),
                PowerVmOperation.stop(),
                new RecoverVmOperation(),
                new MakeVmOperation(),
                new MakeVmsOperation(),
                new RemoveCopyOperation(),
                new HostMaintenanceOperation()));
        all.addAll(ActOnVmOperation.all());
        return all;
    }
}
