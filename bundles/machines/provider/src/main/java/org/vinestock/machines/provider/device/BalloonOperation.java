package org.vinestock.machines.provider.device;

import java.util.List;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.DeviceOperations;
import org.vinestock.machines.DeviceOperations.Inflate;
import org.vinestock.machines.MachineOperations.VmChanged;
import org.vinestock.machines.provider.vm.Lookup;
import org.vinestock.machines.site.Vm;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Step;

/** {@code vm.balloon}. */
final class BalloonOperation implements Operation<Inflate, VmChanged> {
    @Override
    public OperationType<Inflate, VmChanged> type() {
        return DeviceOperations.BALLOON;
    }

    @Override
    public Plan plan(Inflate parameters, Planning planning) {
        Vm vm = Lookup.vm(parameters.id(), planning.snapshot());
        Lookup.place(vm, planning.snapshot());
        if (parameters.size().bytes() < 1 || parameters.size().compareTo(vm.size()) > 0) {
            throw new IllegalArgumentException("size: " + parameters.size()
                    + "; accepted: more than nothing, and at most " + vm.size() + ", which " + vm.id() + " has");
        }
        String title = "ask " + vm.id() + " to make do with " + parameters.size();
        return new Plan(List.of(vm.id()), List.of(new Step(title, BalloonStep.KIND, parameters)));
    }

    @Override
    public VmChanged result(Inflate parameters, Plan plan, Snapshot after) {
        return new VmChanged(
                parameters.id(), "was asked to make do with " + parameters.size() + "; vm:stats shows what it has");
    }

    @Override
    public List<String> clusters(Inflate parameters, Plan plan, Snapshot snapshot) {
        return Lookup.clusters(Lookup.hosts(parameters.id(), snapshot), snapshot);
    }
}
