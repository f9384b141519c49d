package org.vinestock.machines.provider.vm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.MachineOperations.OneVm;
import org.vinestock.machines.MachineOperations.VmChanged;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.provider.step.PowerStep;
import org.vinestock.machines.provider.step.WantStep;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.VmId;
import org.vinestock.operation.Expense;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Step;

/**
 * {@code vm.start} and {@code vm.stop}; of a VM that is so already they change nothing. A VM is off and should run only
 * if something went wrong: so what should be is written after starting and before stopping.
 */
final class PowerVmOperation implements Operation<OneVm, VmChanged> {
    private final OperationType<OneVm, VmChanged> type;
    private final PowerState to;

    private PowerVmOperation(OperationType<OneVm, VmChanged> type, PowerState to) {
        this.type = type;
        this.to = to;
    }

    static PowerVmOperation start() {
        return new PowerVmOperation(MachineOperations.START_VM, PowerState.RUNNING);
    }

    static PowerVmOperation stop() {
        return new PowerVmOperation(MachineOperations.STOP_VM, PowerState.STOPPED);
    }

    @Override
    public OperationType<OneVm, VmChanged> type() {
        return type;
    }

    @Override
    public Plan plan(OneVm parameters, Planning planning) {
        VmId id = parameters.id();
        Vm vm = Lookup.vm(id, planning.snapshot());
        HostId host = Lookup.place(vm, planning.snapshot());
        List<Step> steps = new ArrayList<>();
        PowerStep.Arguments power = new PowerStep.Arguments(id, to, vm.power());
        WantStep.Arguments want = new WantStep.Arguments(id, vm.power(), to);
        if (to == PowerState.RUNNING) {
            steps.add(new Step("start " + id + " on " + host, PowerStep.KIND, power));
            steps.add(new Step("keep " + id + " running", WantStep.KIND, want));
        } else {
            steps.add(new Step("keep " + id + " stopped", WantStep.KIND, want));
            steps.add(new Step("stop " + id + " on " + host, PowerStep.KIND, power));
        }
        return new Plan(List.of(id), steps);
    }

    @Override
    public VmChanged result(OneVm parameters, Plan plan, Snapshot after) {
        Vm vm = Lookup.vm(parameters.id(), after);
        return new VmChanged(vm.id(), to == PowerState.RUNNING ? "runs on " + vm.host() : "stopped on " + vm.host());
    }

    @Override
    public List<String> clusters(OneVm parameters, Plan plan, Snapshot snapshot) {
        return Lookup.clusters(Lookup.hosts(parameters.id(), snapshot), snapshot);
    }

    @Override
    public Optional<Expense> expense(OneVm parameters, Plan plan, Snapshot snapshot) {
        return to == PowerState.RUNNING ? Lookup.restart(parameters.id(), snapshot) : Optional.empty();
    }
}
