package org.vinestock.disk.provider.operation;

import java.util.List;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskError;
import org.vinestock.disk.DiskOperations;
import org.vinestock.disk.DiskOperations.CheckDisk;
import org.vinestock.disk.DiskOperations.DiskChecked;
import org.vinestock.disk.provider.row.Checked;
import org.vinestock.disk.provider.row.Rules;
import org.vinestock.disk.provider.step.CheckStep;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Step;

/** {@code disk.check}. */
record CheckOperation() implements Operation<CheckDisk, DiskChecked> {
    @Override
    public OperationType<CheckDisk, DiskChecked> type() {
        return DiskOperations.CHECK;
    }

    @Override
    public Plan plan(CheckDisk parameters, Planning planning) {
        Disk disk = Lookup.disk("id", parameters.id(), planning.snapshot());
        if (parameters.repair()) {
            Rules.mayBeRepaired(disk, planning.snapshot());
        }
        return new Plan(
                List.of(disk.id()),
                List.of(new Step(
                        "check " + disk.id(),
                        CheckStep.KIND,
                        new CheckStep.Arguments(disk.id(), parameters.repair()))));
    }

    @Override
    public DiskChecked result(CheckDisk parameters, Plan plan, Snapshot after) {
        Checked checked = after.rows(Checked.KIND)
                .find(parameters.id())
                .orElseThrow(() -> new VinestockException(
                        DiskError.NO_SUCH_DISK, "disk " + parameters.id() + " was deleted meanwhile"));
        return new DiskChecked(
                checked.id(), checked.verdict(), checked.leaks(), checked.corruptions(), checked.repaired());
    }

    @Override
    public List<String> clusters(CheckDisk parameters, Plan plan, Snapshot snapshot) {
        return Lookup.clusters(List.of(parameters.id()), snapshot);
    }
}
