package org.vinestock.machines.provider.vm;

import java.util.List;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.MachineOperations.ManyMade;
import org.vinestock.machines.MachineOperations.ManyVms;
import org.vinestock.machines.provider.step.MakeVmsStep;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Step;

/** {@code vm.make-all}: runs {@code vm.make} for each VM that has a place and is not there. Claims nothing itself. */
final class MakeVmsOperation implements Operation<ManyVms, ManyMade> {
    @Override
    public OperationType<ManyVms, ManyMade> type() {
        return MachineOperations.MAKE_VMS;
    }

    @Override
    public Plan plan(ManyVms parameters, Planning planning) {
        int missing =
                MakeVmsStep.missing(parameters.labels(), planning.snapshot()).size();
        return new Plan(
                List.of(),
                List.of(new Step(
                        "make " + missing + " VMs",
                        MakeVmsStep.KIND,
                        new MakeVmsStep.Arguments(parameters.labels(), missing))));
    }

    @Override
    public ManyMade result(ManyVms parameters, Plan plan, Snapshot after) {
        MakeVmsStep.Arguments planned =
                (MakeVmsStep.Arguments) plan.steps().get(0).arguments();
        return new ManyMade(
                planned.count(), MakeVmsStep.missing(parameters.labels(), after).size());
    }
}
