package org.vinestock.disk.provider.step;

import java.util.List;
import org.vinestock.area.Platform;
import org.vinestock.disk.provider.plane.Patient;
import org.vinestock.disk.provider.plane.Planes;
import org.vinestock.disk.provider.row.DiskRows;
import org.vinestock.operation.StepHandler;
import org.vinestock.time.Lane;

/** All steps of disks. */
public final class DiskStepHandlers {
    private DiskStepHandlers() {}

    /** Makes them. */
    public static List<StepHandler<?>> all(Platform platform, Planes planes, DiskRows rows, Lane lane) {
        Serving serving = new Serving(planes, lane);
        Disposal disposal = new Disposal(planes, serving, rows, lane);
        return List.of(
                new Patient<>(new MakeStep(planes, new Sources(planes, lane), disposal, rows, lane)),
                new Patient<>(new ServeForStep(serving, rows, lane)),
                new Patient<>(new RemoveStep(serving, disposal, rows, lane)),
                new Patient<>(new ServeStep(serving, rows, lane)),
                new Patient<>(new DeleteStep(disposal, serving, lane)),
                new Patient<>(new ResizeStep(planes, serving, rows, lane)),
                new Patient<>(new CheckStep(planes, rows, platform.scheduler(), lane)));
    }
}
