package org.vinestock.machines.provider.host;

import java.util.List;
import org.vinestock.area.Platform;
import org.vinestock.machines.provider.fleet.Fleet;
import org.vinestock.machines.provider.step.SiteRows;
import org.vinestock.operation.Operation;
import org.vinestock.operation.StepHandler;

/** The operations by which people add and remove hosts, and their steps. */
public record HostParts(List<Operation<?, ?>> operations, List<StepHandler<?>> steps) {
    /** Makes them. */
    public HostParts(Platform platform, Fleet fleet) {
        this(fleet, new SiteRows(platform.inventory(), platform.scheduler().lane("machines.hosts")));
    }

    private HostParts(Fleet fleet, SiteRows rows) {
        this(
                List.of(new AddHostOperation(), new RemoveHostOperation(fleet)),
                List.of(new AddHostStep(rows), new RemoveHostStep(rows)));
    }
}
