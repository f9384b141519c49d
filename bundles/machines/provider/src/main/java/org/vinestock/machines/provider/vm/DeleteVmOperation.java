package org.vinestock.machines.provider.vm;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.disk.DiskSteps;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.MachineOperations.DeleteVm;
import org.vinestock.machines.MachineOperations.VmChanged;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.machines.hardware.VmDisk;
import org.vinestock.machines.provider.fleet.Leftover;
import org.vinestock.machines.provider.step.RemoveStep;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.VmId;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Step;

/**
 * {@code vm.delete}; also of a VM that is on a host though nobody asked for it. Of a host that is down nothing is asked: what
 * it has is removed once it answers.
 */
final class DeleteVmOperation implements Operation<DeleteVm, VmChanged> {
    @Override
    public OperationType<DeleteVm, VmChanged> type() {
        return MachineOperations.DELETE_VM;
    }

    @Override
    public Plan plan(DeleteVm parameters, Planning planning) {
        VmId id = parameters.id();
        Snapshot snapshot = planning.snapshot();
        List<HostId> hosts = Lookup.hosts(id, snapshot);
        @Nullable Vm vm = snapshot.rows(SiteKinds.VM).find(id).orElse(null);
        if (hosts.isEmpty() && vm == null) {
            throw Lookup.unknown(id);
        }
        List<Step> steps = new ArrayList<>();
        steps.add(new Step("remove " + id, RemoveStep.KIND, new RemoveStep.Arguments(id, hosts)));
        if (vm != null && !vm.hardware().disks().isEmpty()) {
            List<DiskId> disks =
                    vm.hardware().disks().stream().map(VmDisk::disk).toList();
            steps.add(DiskSteps.remove(id, disks, parameters.keepDisks()));
        }
        return new Plan(Lookup.claims(id, vm, snapshot), steps);
    }

    @Override
    public VmChanged result(DeleteVm parameters, Plan plan, Snapshot after) {
        List<String> left =
                Leftover.of(parameters.id(), after).stream().map(HostId::value).toList();
        return new VmChanged(
                parameters.id(),
                left.isEmpty()
                        ? "deleted"
                        : "deleted; what is left on " + String.join(", ", left) + " is removed once "
                                + (left.size() == 1 ? "that host answers" : "those hosts answer"));
    }

    @Override
    public List<String> clusters(DeleteVm parameters, Plan plan, Snapshot snapshot) {
        return Lookup.clusters(Lookup.hosts(parameters.id(), snapshot), snapshot);
    }
}
