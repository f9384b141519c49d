package org.vinestock.machines.provider.vm;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.MachineOperations.OneCopy;
import org.vinestock.machines.MachineOperations.VmChanged;
import org.vinestock.machines.provider.fleet.Leftover;
import org.vinestock.machines.provider.step.RemoveCopyStep;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.VmId;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Step;

/** {@code vm.remove-copy}: only of what is left over, or while the VM is seen where it should be. */
final class RemoveCopyOperation implements Operation<OneCopy, VmChanged> {
    @Override
    public OperationType<OneCopy, VmChanged> type() {
        return MachineOperations.REMOVE_COPY;
    }

    @Override
    public Plan plan(OneCopy parameters, Planning planning) {
        Snapshot snapshot = planning.snapshot();
        VmId vm = parameters.id();
        Lookup.host(parameters.host(), snapshot);
        @Nullable
        HostId wanted = snapshot.rows(SiteKinds.VM).find(vm).map(Vm::host).orElse(null);
        @Nullable
        HostId seen = snapshot.rows(SiteKinds.VM_OBSERVED)
                .find(vm)
                .map(ObservedVm::host)
                .orElse(null);
        boolean leftOver = (wanted != null && wanted.equals(seen)) || Leftover.isOn(parameters.host(), vm, snapshot);
        if (parameters.host().equals(wanted) || !leftOver) {
            throw new IllegalArgumentException("host: VM \"" + vm + "\" should be on " + wanted + " and is on " + seen
                    + "; accepted: a host where it is left over while it is where it should be");
        }
        String title = "remove what is left of " + vm + " on " + parameters.host();
        return new Plan(List.of(vm), List.of(new Step(title, RemoveCopyStep.KIND, parameters)));
    }

    @Override
    public VmChanged result(OneCopy parameters, Plan plan, Snapshot after) {
        return new VmChanged(parameters.id(), "no longer on " + parameters.host());
    }

    @Override
    public List<String> clusters(OneCopy parameters, Plan plan, Snapshot snapshot) {
        return Lookup.clusters(List.of(parameters.host()), snapshot);
    }
}
