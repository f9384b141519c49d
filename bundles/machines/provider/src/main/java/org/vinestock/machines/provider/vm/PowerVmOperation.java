package org.vinestock.machines.provider.vm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.MachineOperations.OneVm;
import org.vinestock.machines.MachineOperations.StopVm;
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
final class PowerVmOperation<P extends Record> implements Operation<P, VmChanged> {
    private final OperationType<P, VmChanged> type;
    private final PowerState to;
    private final Function<P, VmId> vm;
    private final Predicate<P> now;

    private PowerVmOperation(OperationType<P, VmChanged> type, PowerState to, Function<P, VmId> vm, Predicate<P> now) {
        this.type = type;
        this.to = to;
        this.vm = vm;
        this.now = now;
    }

    static PowerVmOperation<OneVm> start() {
        return new PowerVmOperation<>(MachineOperations.START_VM, PowerState.RUNNING, OneVm::id, any -> true);
    }

    static PowerVmOperation<StopVm> stop() {
        return new PowerVmOperation<>(MachineOperations.STOP_VM, PowerState.STOPPED, StopVm::id, StopVm::now);
    }

    @Override
    public OperationType<P, VmChanged> type() {
        return type;
    }

    @Override
    public Plan plan(P parameters, Planning planning) {
        VmId id = vm.apply(parameters);
        Vm row = Lookup.vm(id, planning.snapshot());
        HostId host = Lookup.place(row, planning.snapshot());
        List<Step> steps = new ArrayList<>();
        PowerStep.Arguments power = new PowerStep.Arguments(id, to, row.power(), now.test(parameters));
        WantStep.Arguments want = new WantStep.Arguments(id, row.power(), to);
        if (to == PowerState.RUNNING) {
            steps.addAll(Lookup.served(row));
            steps.add(new Step("start " + id + " on " + host, PowerStep.KIND, power));
            steps.add(new Step("keep " + id + " running", WantStep.KIND, want));
        } else {
            steps.add(new Step("keep " + id + " stopped", WantStep.KIND, want));
            steps.add(new Step("stop " + id + " on " + host, PowerStep.KIND, power));
        }
        return new Plan(List.of(id), steps);
    }

    @Override
    public VmChanged result(P parameters, Plan plan, Snapshot after) {
        Vm row = Lookup.vm(vm.apply(parameters), after);
        return new VmChanged(row.id(), to == PowerState.RUNNING ? "runs on " + row.host() : "stopped on " + row.host());
    }

    @Override
    public List<String> clusters(P parameters, Plan plan, Snapshot snapshot) {
        return Lookup.clusters(Lookup.hosts(vm.apply(parameters), snapshot), snapshot);
    }

    @Override
    public Optional<Expense> expense(P parameters, Plan plan, Snapshot snapshot) {
        return to == PowerState.RUNNING ? Lookup.restart(vm.apply(parameters), snapshot) : Optional.empty();
    }
}
