package org.vinestock.disk.provider.operation;

import java.util.ArrayList;
import java.util.List;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskOperations;
import org.vinestock.disk.DiskOperations.DiskMade;
import org.vinestock.disk.DiskOperations.ResizeDisk;
import org.vinestock.disk.provider.row.DiskUse;
import org.vinestock.disk.provider.row.Rules;
import org.vinestock.disk.provider.step.ResizeStep;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.ByteCount;
import org.vinestock.model.ObjectId;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Step;

/** {@code disk.resize}. The VMs that have it are claimed, too, so that nobody starts them meanwhile. */
record ResizeOperation() implements Operation<ResizeDisk, DiskMade> {
    @Override
    public OperationType<ResizeDisk, DiskMade> type() {
        return DiskOperations.RESIZE;
    }

    @Override
    public Plan plan(ResizeDisk parameters, Planning planning) {
        Snapshot snapshot = planning.snapshot();
        Disk disk = Lookup.disk("id", parameters.id(), snapshot);
        ByteCount size = Disk.checkedSize(parameters.size());
        Rules.mayBeResized(disk, snapshot);
        if (size.compareTo(disk.size()) < 0 && !parameters.shrink()) {
            throw new IllegalArgumentException("size: " + size + " is less than the " + disk.size() + " of " + disk.id()
                    + ", so its end would be lost; accepted: more, or --shrink true");
        }
        List<ObjectId> claims = new ArrayList<>(List.of(disk.id()));
        DiskUse.of(snapshot).vms(disk.id()).forEach(use -> claims.add(use.vm()));
        return new Plan(
                claims,
                List.of(new Step(
                        "resize " + disk.id(),
                        ResizeStep.KIND,
                        new ResizeStep.Arguments(disk.id(), disk.size(), size))));
    }

    @Override
    public DiskMade result(ResizeDisk parameters, Plan plan, Snapshot after) {
        return Lookup.made(parameters.id(), after);
    }

    @Override
    public List<String> clusters(ResizeDisk parameters, Plan plan, Snapshot snapshot) {
        return Lookup.clusters(List.of(parameters.id()), snapshot);
    }
}
