package org.vinestock.machines.provider.vm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.MachineOperations.OneVm;
import org.vinestock.machines.MachineOperations.VmChanged;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.hardware.VmDisk;
import org.vinestock.machines.provider.hardware.DiskRows;
import org.vinestock.machines.provider.step.MakeStep;
import org.vinestock.machines.provider.step.OnVm;
import org.vinestock.machines.provider.step.PowerStep;
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

/** {@code vm.make}: for VMs that have a place and are not there, such as those of an imported document. */
final class MakeVmOperation implements Operation<OneVm, VmChanged> {
    @Override
    public OperationType<OneVm, VmChanged> type() {
        return MachineOperations.MAKE_VM;
    }

    @Override
    public Plan plan(OneVm parameters, Planning planning) {
        VmId id = parameters.id();
        Vm vm = Lookup.vm(id, planning.snapshot());
        Optional<ObservedVm> seen =
                planning.snapshot().rows(SiteKinds.VM_OBSERVED).find(id);
        if (seen.isPresent()) {
            throw new IllegalArgumentException("id: VM \"" + id + "\" is on "
                    + seen.get().host() + "; accepted: a VM that is on no host, though it has a place");
        }
        HostId host = Lookup.place(vm, planning.snapshot());
        for (VmDisk disk : vm.hardware().disks()) {
            DiskRows.find("id", disk.disk(), planning.snapshot());
        }
        List<Step> steps = new ArrayList<>(Lookup.served(vm));
        steps.add(new Step("make " + id + " on " + host, MakeStep.KIND, new OnVm(id)));
        if (vm.power() == PowerState.RUNNING) {
            steps.add(new Step("start " + id, PowerStep.KIND, new PowerStep.Arguments(id, PowerState.RUNNING)));
        }
        return new Plan(List.of(id), steps);
    }

    @Override
    public VmChanged result(OneVm parameters, Plan plan, Snapshot after) {
        Vm vm = Lookup.vm(parameters.id(), after);
        return new VmChanged(vm.id(), (vm.power() == PowerState.RUNNING ? "runs on " : "is on ") + vm.host());
    }

    @Override
    public List<String> clusters(OneVm parameters, Plan plan, Snapshot snapshot) {
        return Lookup.clusters(Lookup.hosts(parameters.id(), snapshot), snapshot);
    }
}
