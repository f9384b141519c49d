package org.vinestock.disk.provider.operation;

import java.util.List;
import org.vinestock.dataplane.BlockExports;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskOperations;
import org.vinestock.disk.DiskOperations.DiskServed;
import org.vinestock.disk.DiskOperations.ServeDisk;
import org.vinestock.disk.provider.plane.Planes;
import org.vinestock.disk.provider.row.Rules;
import org.vinestock.disk.provider.step.ServeStep;
import org.vinestock.disk.provider.step.Serving;
import org.vinestock.inventory.Snapshot;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Step;

/** {@code disk.serve}. What is to be served like that already may be asked for again: then it is. */
record ServeOperation(Planes planes) implements Operation<ServeDisk, DiskServed> {
    @Override
    public OperationType<ServeDisk, DiskServed> type() {
        return DiskOperations.SERVE;
    }

    @Override
    public Plan plan(ServeDisk parameters, Planning planning) {
        Disk disk = Lookup.disk("id", parameters.id(), planning.snapshot());
        Disk.Serve to = parameters.writable() ? Disk.Serve.WRITABLE : Disk.Serve.READ_ONLY;
        if (disk.serve() != to) {
            Rules.mayBeServed(disk, parameters.writable(), planning.snapshot());
        }
        return new Plan(
                List.of(disk.id()),
                List.of(new Step(
                        "serve " + disk.id() + (parameters.writable() ? " for writing" : " for reading"),
                        ServeStep.KIND,
                        new ServeStep.Arguments(disk.id(), disk.serve(), to))));
    }

    @Override
    public DiskServed result(ServeDisk parameters, Plan plan, Snapshot after) {
        Disk disk = Rules.row(parameters.id(), after);
        return new DiskServed(
                disk.id(),
                disk.host(),
                planes.exportsIfAny(disk.host()).map(BlockExports::socket).orElse(""),
                Serving.name(disk.id()).value());
    }

    @Override
    public List<String> clusters(ServeDisk parameters, Plan plan, Snapshot snapshot) {
        return Lookup.clusters(List.of(parameters.id()), snapshot);
    }
}
