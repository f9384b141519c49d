package org.vinestock.machines.provider.step;

import java.util.List;
import org.vinestock.area.Platform;
import org.vinestock.machines.provider.fleet.Fleet;
import org.vinestock.operation.StepHandler;
import org.vinestock.time.Lane;

/** All steps of machines. */
public record MachineSteps(List<StepHandler<?>> handlers) {
    /** Makes them. */
    public MachineSteps(Platform platform, Fleet fleet) {
        this(platform, fleet, platform.scheduler().lane("machines"));
    }

    private MachineSteps(Platform platform, Fleet fleet, Lane lane) {
        this(fleet, platform, new SiteRows(platform.inventory(), lane), new Outcomes(platform.decisions()), lane);
    }

    private MachineSteps(Fleet fleet, Platform platform, SiteRows rows, Outcomes outcomes, Lane lane) {
        this(List.of(
                new PlaceStep(platform.decisions(), rows, outcomes, fleet, lane),
                new MakeStep(fleet, rows, outcomes, lane),
                new MakeVmsStep(platform, platform.scheduler().lane("machines.make-all")),
                new PowerStep(fleet, rows, outcomes, lane),
                new ActStep(fleet, lane),
                new WantStep(rows),
                new RemoveStep(fleet, rows, lane),
                new RemoveCopyStep(fleet, rows, lane),
                new MaintenanceStep(rows)));
    }
}
