package org.vinestock.machines.provider.vm;

import java.util.List;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.MachineOperations.OneVm;
import org.vinestock.machines.MachineOperations.VmChanged;
import org.vinestock.machines.provider.fleet.Leftover;
import org.vinestock.machines.provider.step.RemoveStep;
import org.vinestock.machines.site.SiteKinds;
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
final class DeleteVmOperation implements Operation<OneVm, VmChanged> {
    @Override
    public OperationType<OneVm, VmChanged> type() {
        return MachineOperations.DELETE_VM;
    }

    @Override
    public Plan plan(OneVm parameters, Planning planning) {
        VmId id = parameters.id();
        Snapshot snapshot = planning.snapshot();
        List<HostId> hosts = Lookup.hosts(id, snapshot);
        if (hosts.isEmpty() && snapshot.rows(SiteKinds.VM).find(id).isEmpty()) {
            throw Lookup.unknown(id);
        }
        return new Plan(
                List.of(id), List.of(new Step("remove " + id, RemoveStep.KIND, new RemoveStep.Arguments(id, hosts))));
    }

    @Override
    public VmChanged result(OneVm parameters, Plan plan, Snapshot after) {
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
    public List<String> clusters(OneVm parameters, Plan plan, Snapshot snapshot) {
        return Lookup.clusters(Lookup.hosts(parameters.id(), snapshot), snapshot);
    }
}
