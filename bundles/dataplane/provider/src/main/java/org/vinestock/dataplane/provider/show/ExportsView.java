package org.vinestock.dataplane.provider.show;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.vinestock.dataplane.BlockExports;
import org.vinestock.dataplane.DataPlane;
import org.vinestock.dataplane.Export;
import org.vinestock.dataplane.ExportId;
import org.vinestock.dataplane.Traffic;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** {@code dataplane.exports}: what is served, and what goes over it. */
public final class ExportsView implements View<ListView.All, ExportsView.Row> {
    private final Supplier<List<DataPlane>> planes;

    /** Of whichever data planes there are when it is read. */
    public ExportsView(Supplier<List<DataPlane>> planes) {
        this.planes = planes;
    }

    /**
     * An export.
     *
     * @param problem why it is not served; empty if it is
     */
    public record Row(
            ExportId id,
            HostId host,
            ByteCount size,
            String format,
            boolean writable,
            long reads,
            ByteCount read,
            long writes,
            ByteCount written,
            long flushes,
            String file,
            String problem) {}

    @Override
    public String name() {
        return "dataplane.exports";
    }

    @Override
    public String summary() {
        return "List what is served by NBD, and what went over it since its process began";
    }

    @Override
    public Class<ListView.All> parametersType() {
        return ListView.All.class;
    }

    @Override
    public Class<Row> rowType() {
        return Row.class;
    }

    @Override
    public CompletionStage<Page<Row>> read(ListView.All parameters, Snapshot snapshot, PageRequest page) {
        CompletionStage<List<Row>> rows = CompletableFuture.completedFuture(new ArrayList<>());
        for (DataPlane plane : planes.get()) {
            for (HostId host : plane.hosts()) {
                var exports = plane.exports(host);
                if (exports.isPresent()) {
                    rows = rows.thenCombine(rows(host, exports.get()), ExportsView::with);
                }
            }
        }
        return rows.thenApply(Page::new);
    }

    private static List<Row> with(List<Row> rows, List<Row> others) {
        List<Row> more = new ArrayList<>(rows);
        more.addAll(others);
        return more;
    }

    private static CompletionStage<List<Row>> rows(HostId host, BlockExports exports) {
        return exports.list().thenCompose(list -> {
            CompletionStage<List<Row>> rows = CompletableFuture.completedFuture(new ArrayList<>());
            for (Export export : list) {
                rows = rows.thenCombine(
                        exports.traffic(export.spec().id()),
                        (before, traffic) -> with(before, List.of(row(host, export, traffic.orElse(null)))));
            }
            return rows;
        });
    }

    private static Row row(HostId host, Export export, @org.jspecify.annotations.Nullable Traffic traffic) {
        return new Row(
                export.spec().id(),
                host,
                export.size(),
                export.spec().format(),
                export.spec().writable(),
                traffic == null ? 0 : traffic.reads(),
                new ByteCount(traffic == null ? 0 : traffic.readBytes()),
                traffic == null ? 0 : traffic.writes(),
                new ByteCount(traffic == null ? 0 : traffic.writtenBytes()),
                traffic == null ? 0 : traffic.flushes(),
                export.spec().file(),
                export.problem() == null ? "" : export.problem());
    }
}
