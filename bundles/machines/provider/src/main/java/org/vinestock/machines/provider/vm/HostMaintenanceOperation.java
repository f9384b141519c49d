package org.vinestock.machines.provider.vm;

import java.util.List;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.MachineOperations.HostChanged;
import org.vinestock.machines.MachineOperations.HostMaintenance;
import org.vinestock.machines.provider.step.MaintenanceStep;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Step;

/** {@code host.maintenance}; VMs that are on the host stay. */
final class HostMaintenanceOperation implements Operation<HostMaintenance, HostChanged> {
    @Override
    public OperationType<HostMaintenance, HostChanged> type() {
        return MachineOperations.HOST_MAINTENANCE;
    }

    @Override
    public Plan plan(HostMaintenance parameters, Planning planning) {
        Host host = Lookup.host(parameters.id(), planning.snapshot());
        String title = (parameters.on() ? "begin" : "end") + " maintenance of " + host.id();
        return new Plan(
                List.of(host.id()),
                List.of(new Step(
                        title,
                        MaintenanceStep.KIND,
                        new MaintenanceStep.Arguments(host.id(), host.maintenance(), parameters.on()))));
    }

    @Override
    public HostChanged result(HostMaintenance parameters, Plan plan, Snapshot after) {
        if (!parameters.on()) {
            return new HostChanged(parameters.id(), "takes new VMs again");
        }
        int vms = 0;
        for (Vm vm : after.rows(SiteKinds.VM)) {
            if (parameters.id().equals(vm.host())) {
                vms++;
            }
        }
        return new HostChanged(parameters.id(), "takes no new VMs; " + vms + (vms == 1 ? " VM stays" : " VMs stay"));
    }

    @Override
    public List<String> clusters(HostMaintenance parameters, Plan plan, Snapshot snapshot) {
        return Lookup.clusters(List.of(parameters.id()), snapshot);
    }
}
