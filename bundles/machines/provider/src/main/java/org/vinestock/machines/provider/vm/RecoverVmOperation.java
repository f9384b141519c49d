package org.vinestock.machines.provider.vm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.MachineOperations.OneVm;
import org.vinestock.machines.MachineOperations.VmChanged;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.provider.fleet.HostStates;
import org.vinestock.machines.provider.hardware.Whereabouts;
import org.vinestock.machines.provider.step.MakeStep;
import org.vinestock.machines.provider.step.OnVm;
import org.vinestock.machines.provider.step.PlaceStep;
import org.vinestock.machines.provider.step.PowerStep;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.VmId;
import org.vinestock.operation.Expense;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Step;

/** {@code vm.recover}; a VM that should not run is not started. */
final class RecoverVmOperation implements Operation<OneVm, VmChanged> {
    @Override
    public OperationType<OneVm, VmChanged> type() {
        return MachineOperations.RECOVER_VM;
    }

    @Override
    public Plan plan(OneVm parameters, Planning planning) {
        VmId id = parameters.id();
        Vm vm = Lookup.vm(id, planning.snapshot());
        @Nullable HostId host = vm.host();
        if (host != null && !HostStates.isDown(host, planning.snapshot())) {
            throw new IllegalArgumentException("id: VM \"" + id + "\" is on " + host
                    + ", which is not down; accepted: a VM whose host is down, or that has none");
        }
        List<Step> steps = new ArrayList<>();
        Whereabouts where = Whereabouts.of(vm, planning.snapshot());
        steps.add(new Step("place " + id + " elsewhere", PlaceStep.KIND, new PlaceStep.Arguments(vm, true, where)));
        steps.addAll(Lookup.served(vm));
        steps.add(new Step("make " + id, MakeStep.KIND, new OnVm(id)));
        if (vm.power() == PowerState.RUNNING) {
            PowerStep.Arguments on = new PowerStep.Arguments(id, PowerState.RUNNING);
            steps.add(new Step("start " + id, PowerStep.KIND, on));
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

    @Override
    public Optional<Expense> expense(OneVm parameters, Plan plan, Snapshot snapshot) {
        return Lookup.restart(parameters.id(), snapshot);
    }
}
