package org.vinestock.machines.provider.vm;

import java.util.List;
import java.util.Locale;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.MachineOperations.OneVm;
import org.vinestock.machines.MachineOperations.VmChanged;
import org.vinestock.machines.PowerAction;
import org.vinestock.machines.provider.step.ActStep;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.VmId;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Step;

/** {@code vm.pause}, {@code vm.resume} and {@code vm.reset}, of a VM that runs. */
final class ActOnVmOperation implements Operation<OneVm, VmChanged> {
    private final OperationType<OneVm, VmChanged> type;
    private final PowerAction action;
    private final String now;

    private ActOnVmOperation(OperationType<OneVm, VmChanged> type, PowerAction action, String now) {
        this.type = type;
        this.action = action;
        this.now = now;
    }

    static List<Operation<?, ?>> all() {
        return List.of(
                new ActOnVmOperation(MachineOperations.PAUSE_VM, PowerAction.PAUSE, "paused on "),
                new ActOnVmOperation(MachineOperations.RESUME_VM, PowerAction.RESUME, "runs on "),
                new ActOnVmOperation(MachineOperations.RESET_VM, PowerAction.RESET, "was reset on "));
    }

    @Override
    public OperationType<OneVm, VmChanged> type() {
        return type;
    }

    @Override
    public Plan plan(OneVm parameters, Planning planning) {
        VmId id = parameters.id();
        HostId host = Lookup.place(Lookup.vm(id, planning.snapshot()), planning.snapshot());
        String title = action.name().toLowerCase(Locale.ROOT) + " " + id + " on " + host;
        return new Plan(List.of(id), List.of(new Step(title, ActStep.KIND, new ActStep.Arguments(id, action))));
    }

    @Override
    public VmChanged result(OneVm parameters, Plan plan, Snapshot after) {
        Vm vm = Lookup.vm(parameters.id(), after);
        return new VmChanged(vm.id(), now + vm.host());
    }

    @Override
    public List<String> clusters(OneVm parameters, Plan plan, Snapshot snapshot) {
        return Lookup.clusters(Lookup.hosts(parameters.id(), snapshot), snapshot);
    }
}
