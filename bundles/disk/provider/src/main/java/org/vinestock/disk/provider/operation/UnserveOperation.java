package org.vinestock.disk.provider.operation;

import java.util.List;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskOperations;
import org.vinestock.disk.DiskOperations.DiskChanged;
import org.vinestock.disk.DiskOperations.OneDisk;
import org.vinestock.disk.provider.row.Rules;
import org.vinestock.disk.provider.step.ServeStep;
import org.vinestock.inventory.Snapshot;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Step;

/** {@code disk.unserve}. */
record UnserveOperation() implements Operation<OneDisk, DiskChanged> {
    @Override
    public OperationType<OneDisk, DiskChanged> type() {
        return DiskOperations.UNSERVE;
    }

    @Override
    public Plan plan(OneDisk parameters, Planning planning) {
        Disk disk = Lookup.disk("id", parameters.id(), planning.snapshot());
        Rules.mayBeUnserved(disk.id(), planning.snapshot());
        return new Plan(
                List.of(disk.id()),
                List.of(new Step(
                        "serve " + disk.id() + " no longer",
                        ServeStep.KIND,
                        new ServeStep.Arguments(disk.id(), disk.serve(), Disk.Serve.NO))));
    }

    @Override
    public DiskChanged result(OneDisk parameters, Plan plan, Snapshot after) {
        return new DiskChanged(parameters.id(), "not served");
    }

    @Override
    public List<String> clusters(OneDisk parameters, Plan plan, Snapshot snapshot) {
        return Lookup.clusters(List.of(parameters.id()), snapshot);
    }
}
