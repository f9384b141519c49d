package org.vinestock.machines.provider.vm;

import java.util.List;
import java.util.Optional;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.MachineOperations.OneCopy;
import org.vinestock.machines.MachineOperations.VmChanged;
import org.vinestock.machines.provider.step.RemoveCopyStep;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Step;

/** {@code vm.remove-copy}: only while the VM is seen where it should be. */
final class RemoveCopyOperation implements Operation<OneCopy, VmChanged> {
    @Override
    public OperationType<OneCopy, VmChanged> type() {
        return MachineOperations.REMOVE_COPY;
    }

    @Override
    public Plan plan(OneCopy parameters, Planning planning) {
        Snapshot snapshot = planning.snapshot();
        Vm vm = Lookup.vm(parameters.id(), snapshot);
        Lookup.host(parameters.host(), snapshot);
        Optional<ObservedVm> seen = snapshot.rows(SiteKinds.VM_OBSERVED).find(vm.id());
        if (parameters.host().equals(vm.host())
                || seen.isEmpty()
                || !seen.get().host().equals(vm.host())) {
            throw new IllegalArgumentException("host: VM \"" + vm.id() + "\" should be on " + vm.host() + " and is "
                    + seen.map(row -> "on " + row.host()).orElse("nowhere")
                    + "; accepted: a host where it is left over while it is where it should be");
        }
        String title = "remove what is left of " + vm.id() + " on " + parameters.host();
        return new Plan(List.of(vm.id()), List.of(new Step(title, RemoveCopyStep.KIND, parameters)));
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
