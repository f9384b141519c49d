package org.vinestock.disk.provider;

import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.vinestock.area.Area;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;
import org.vinestock.disk.provider.operation.OfferedOperations;
import org.vinestock.disk.provider.plane.Planes;
import org.vinestock.disk.provider.row.DiskRows;
import org.vinestock.disk.provider.row.WholeDisks;
import org.vinestock.disk.provider.step.DiskStepHandlers;
import org.vinestock.disk.provider.view.DiskChainView;
import org.vinestock.disk.provider.view.DiskInfoView;
import org.vinestock.disk.provider.view.DiskListView;
import org.vinestock.disk.provider.view.DiskMapView;
import org.vinestock.disk.provider.watch.ExportWatch;
import org.vinestock.disk.provider.watch.ReleaseController;
import org.vinestock.disk.provider.watch.ServeController;
import org.vinestock.time.Lane;

/** The area {@code disk}. */
@Component(service = Area.class)
public final class DiskArea implements Area {
    @Override
    public String name() {
        return "disk";
    }

    @Override
    public Parts build(Platform platform) {
        Lane lane = platform.scheduler().lane("disk");
        Planes planes = new Planes(platform, lane);
        DiskRows rows = new DiskRows(platform.inventory(), lane);
        ExportWatch watch =
                new ExportWatch(platform, planes, rows, platform.scheduler().lane("disk.watch"));
        watch.start();
        return new Parts(
                OfferedOperations.all(planes),
                List.of(
                        new DiskListView(),
                        new DiskInfoView(planes),
                        new DiskChainView(planes),
                        new DiskMapView(planes)),
                DiskStepHandlers.all(platform, planes, rows, lane),
                List.of(new ServeController(), new ReleaseController()),
                List.of(),
                List.of(),
                List.of(WholeDisks.DESIRED, new WholeDisks()),
                watch::close);
    }
}
