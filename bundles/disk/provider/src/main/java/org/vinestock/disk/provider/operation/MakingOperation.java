package org.vinestock.disk.provider.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.disk.DiskOperations.DiskMade;
import org.vinestock.disk.DiskSteps;
import org.vinestock.disk.DiskSteps.Make;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.model.HostId;
import org.vinestock.operation.Operation;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;

/** An operation that makes one disk in one step. */
interface MakingOperation<P extends Record> extends Operation<P, DiskMade> {
    /** What is to be made. */
    Make make(P parameters, Snapshot snapshot);

    @Override
    default Plan plan(P parameters, Planning planning) {
        Make make = make(parameters, planning.snapshot());
        return new Plan(List.of(make.disk()), List.of(DiskSteps.make(make)));
    }

    @Override
    default DiskMade result(P parameters, Plan plan, Snapshot after) {
        return Lookup.made(new DiskId(plan.claims().get(0).value()), after);
    }

    @Override
    default List<String> clusters(P parameters, Plan plan, Snapshot snapshot) {
        Make make = (Make) plan.steps().get(0).arguments();
        @Nullable HostId host = make.host();
        return host == null
                ? List.of()
                : Lookup.cluster(host, snapshot).stream().toList();
    }
}
