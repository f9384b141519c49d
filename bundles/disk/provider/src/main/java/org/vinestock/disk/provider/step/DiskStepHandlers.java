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
                patient(lane, new MakeStep(planes, new Sources(planes, lane), disposal, rows, lane)),
                patient(lane, new ServeForStep(serving, rows, lane)),
                patient(lane, new RemoveStep(serving, disposal, rows, lane)),
                patient(lane, new ServeStep(serving, rows, lane)),
                patient(lane, new DeleteStep(disposal, serving, lane)),
                patient(lane, new ResizeStep(planes, serving, rows, lane)),
                patient(lane, new CheckStep(planes, rows, platform.scheduler(), lane)));
    }

    private static <S extends Record> StepHandler<S> patient(Lane lane, StepHandler<S> step) {
        return new Patient<>(step, lane);
    }
}
