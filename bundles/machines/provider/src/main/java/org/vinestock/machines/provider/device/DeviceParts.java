package org.vinestock.machines.provider.device;

import java.util.List;
import org.vinestock.area.Platform;
import org.vinestock.machines.provider.fleet.Fleet;
import org.vinestock.machines.provider.step.SiteRows;
import org.vinestock.operation.Operation;
import org.vinestock.operation.StepHandler;

/** The operations on devices, and their steps. */
public record DeviceParts(List<Operation<?, ?>> operations, List<StepHandler<?>> steps) {
    /** Makes them. */
    public DeviceParts(Platform platform, Fleet fleet) {
        this(
                List.of(
                        new AttachDiskOperation(),
                        new AttachNicOperation(),
                        new DetachOperation(),
                        new BalloonOperation()),
                List.of(
                        new HardwareStep(new SiteRows(
                                platform.inventory(), platform.scheduler().lane("machines.devices"))),
                        new PlugStep(fleet),
                        new BalloonStep(fleet)));
    }
}
