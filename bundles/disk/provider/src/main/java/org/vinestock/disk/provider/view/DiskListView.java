package org.vinestock.disk.provider.view;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.disk.Disk;
import org.vinestock.disk.provider.row.DiskUse;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.operation.Input;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** {@code disk.list}: the rows of disks, in order of names. */
public final class DiskListView implements View<DiskListView.Filter, DiskListView.Row> {
    /** Which disks. */
    public record Filter(
            @Input(value = "Only disks of this host", optional = true) @Nullable
            HostId host,

            @Input("Only disks with all of these labels, such as app=web")
            Labels label,

            @Input(value = "Only disks that this VM has", optional = true, completedBy = "vm.list#id") @Nullable
            VmId vm) {}

    /**
     * A disk.
     *
     * @param from the disk that it is an overlay of
     * @param usedBy the VMs that have it
     * @param overlays how many disks are overlays of it
     */
    public record Row(
            DiskId id,
            HostId host,
            String format,
            ByteCount size,
            @Nullable DiskId from,
            Disk.Serve serve,
            List<VmId> usedBy,
            int overlays,
            Labels labels) {
        /** Copies the list. */
        public Row {
            usedBy = List.copyOf(usedBy);
        }
    }

    @Override
    public String name() {
        return "disk.list";
    }

    @Override
    public String summary() {
        return "List the disks";
    }

    @Override
    public Class<Filter> parametersType() {
        return Filter.class;
    }

    @Override
    public Class<Row> rowType() {
        return Row.class;
    }

    @Override
    public CompletionStage<Page<Row>> read(Filter filter, Snapshot snapshot, PageRequest page) {
        DiskUse use = DiskUse.of(snapshot);
        List<Row> rows = new ArrayList<>();
        for (Disk disk : snapshot.rows(Disk.KIND).after(page.after())) {
            if (!passes(disk, filter, use)) {
                continue;
            } else if (rows.size() == page.limit()) {
                String last = rows.get(rows.size() - 1).id().value();
                return CompletableFuture.completedFuture(new Page<>("", rows, last));
            }
            rows.add(new Row(
                    disk.id(),
                    disk.host(),
                    disk.format(),
                    disk.size(),
                    disk.parent(),
                    disk.serve(),
                    use.vms(disk.id()).stream().map(DiskUse.ByVm::vm).toList(),
                    use.overlays(disk.id()).size(),
                    disk.labels()));
        }
        return CompletableFuture.completedFuture(new Page<>(rows));
    }

    private static boolean passes(Disk disk, Filter filter, DiskUse use) {
        @Nullable HostId host = filter.host();
        @Nullable VmId vm = filter.vm();
        return (host == null || host.equals(disk.host()))
                && disk.labels()
                        .values()
                        .entrySet()
                        .containsAll(filter.label().values().entrySet())
                && (vm == null
                        || use.vms(disk.id()).stream().anyMatch(by -> by.vm().equals(vm)));
    }
}
