package org.vinestock.disk.provider.operation;

import java.util.List;
import org.vinestock.disk.DiskOperations;
import org.vinestock.disk.DiskOperations.DiskChanged;
import org.vinestock.disk.DiskOperations.OneDisk;
import org.vinestock.disk.provider.row.Rules;
import org.vinestock.disk.provider.row.Unfinished;
import org.vinestock.disk.provider.step.DeleteStep;
import org.vinestock.inventory.Snapshot;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Step;

/** {@code disk.delete}; also of what is left of a disk that could not be taken back. */
record DeleteOperation() implements Operation<OneDisk, DiskChanged> {
    @Override
    public OperationType<OneDisk, DiskChanged> type() {
        return DiskOperations.DELETE;
    }

    @Override
    public Plan plan(OneDisk parameters, Planning planning) {
        if (planning.snapshot().rows(Unfinished.KIND).find(parameters.id()).isEmpty()) {
            Lookup.disk("id", parameters.id(), planning.snapshot());
            Rules.mayBeDeleted(parameters.id(), planning.snapshot());
        }
        return new Plan(
                List.of(parameters.id()),
                List.of(new Step(
                        "delete " + parameters.id(), DeleteStep.KIND, new DeleteStep.Arguments(parameters.id()))));
    }

    @Override
    public DiskChanged result(OneDisk parameters, Plan plan, Snapshot after) {
        return new DiskChanged(parameters.id(), "deleted");
    }

    @Override
    public List<String> clusters(OneDisk parameters, Plan plan, Snapshot snapshot) {
        return Lookup.clusters(List.of(parameters.id()), snapshot);
    }
}
