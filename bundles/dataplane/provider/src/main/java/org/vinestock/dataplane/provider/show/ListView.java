package org.vinestock.dataplane.provider.show;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.vinestock.dataplane.DataPlane;
import org.vinestock.dataplane.PlaneStatus;
import org.vinestock.inventory.Snapshot;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** {@code dataplane.list}: the processes that serve disks. */
public final class ListView implements View<ListView.All, PlaneStatus> {
    private final Supplier<List<DataPlane>> planes;

    /** Nothing to choose. */
    public record All() {}

    /** Of whichever data planes there are when it is read. */
    public ListView(Supplier<List<DataPlane>> planes) {
        this.planes = planes;
    }

    @Override
    public String name() {
        return "dataplane.list";
    }

    @Override
    public String summary() {
        return "List the processes that serve the disks of hosts";
    }

    @Override
    public Class<All> parametersType() {
        return All.class;
    }

    @Override
    public Class<PlaneStatus> rowType() {
        return PlaneStatus.class;
    }

    @Override
    public CompletionStage<Page<PlaneStatus>> read(All parameters, Snapshot snapshot, PageRequest page) {
        CompletionStage<List<PlaneStatus>> rows = CompletableFuture.completedFuture(new ArrayList<>());
        for (DataPlane plane : planes.get()) {
            for (var host : plane.hosts()) {
                var exports = plane.exports(host);
                if (exports.isPresent()) {
                    rows = rows.thenCombine(exports.get().status(), ListView::with);
                }
            }
        }
        return rows.thenApply(Page::new);
    }

    private static List<PlaneStatus> with(List<PlaneStatus> rows, PlaneStatus row) {
        List<PlaneStatus> more = new ArrayList<>(rows);
        more.add(row);
        return more;
    }
}
