package org.vinestock.disk.provider.view;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.Export;
import org.vinestock.dataplane.ImageInfo;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskOperations.OneDisk;
import org.vinestock.disk.provider.operation.Lookup;
import org.vinestock.disk.provider.plane.Causes;
import org.vinestock.disk.provider.plane.Planes;
import org.vinestock.disk.provider.row.Checked;
import org.vinestock.disk.provider.row.DiskUse;
import org.vinestock.disk.provider.step.CheckStep;
import org.vinestock.disk.provider.step.Serving;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** {@code disk.info}: all that is known of one disk, the row and the image. */
public final class DiskInfoView implements View<OneDisk, DiskInfoView.Row> {
    private final Planes planes;

    /** Makes it. */
    public DiskInfoView(Planes planes) {
        this.planes = planes;
    }

    /**
     * A disk.
     *
     * @param image whether it is there and what the row says
     * @param allocated what it takes on the host's disk; null if nobody can say
     * @param served what is so now, in words
     * @param from the disk that it is an overlay of
     * @param usedBy the VMs that have it
     * @param madeFor the VM with which it is removed
     * @param checked when it was last looked through, and what was found; empty = never
     */
    public record Row(
            DiskId id,
            HostId host,
            String file,
            String format,
            ByteCount size,
            String image,
            @Nullable ByteCount allocated,
            List<String> snapshots,
            List<String> bitmaps,
            Disk.Serve serve,
            String served,
            @Nullable DiskId from,
            List<DiskId> overlays,
            List<VmId> usedBy,
            @Nullable VmId madeFor,
            String checked,
            Labels labels) {
        /** Copies the lists. */
        public Row {
            snapshots = List.copyOf(snapshots);
            bitmaps = List.copyOf(bitmaps);
            overlays = List.copyOf(overlays);
            usedBy = List.copyOf(usedBy);
        }
    }

    @Override
    public String name() {
        return "disk.info";
    }

    @Override
    public String summary() {
        return "Show all that is known of a disk";
    }

    @Override
    public Class<OneDisk> parametersType() {
        return OneDisk.class;
    }

    @Override
    public Class<Row> rowType() {
        return Row.class;
    }

    @Override
    public CompletionStage<Page<Row>> read(OneDisk parameters, Snapshot snapshot, PageRequest page) {
        Disk disk = Lookup.disk("id", parameters.id(), snapshot);
        return seen(disk, snapshot)
                .thenCombineAsync(
                        served(disk),
                        (seen, served) -> new Page<>(List.of(row(disk, seen, served, snapshot))),
                        planes.lane());
    }

    private record Seen(String words, @Nullable ImageInfo info) {}

    private CompletionStage<Seen> seen(Disk disk, Snapshot snapshot) {
        if (planes.imagesIfAny(disk.host()).isEmpty()) {
            return CompletableFuture.completedFuture(new Seen("not known: nobody runs the host's data plane", null));
        }
        return planes.look(disk.host(), disk.file(), disk.format())
                .handleAsync(
                        (found, thrown) -> {
                            if (found == null) {
                                return new Seen(
                                        "not known: " + Causes.of(thrown).getMessage(), null);
                            }
                            List<String> differences = CheckStep.differences(disk, found, snapshot);
                            String words = differences.isEmpty() ? "as the row says" : String.join("; ", differences);
                            boolean dirty = found.isPresent() && found.get().dirty();
                            return new Seen(words + (dirty ? ", not closed properly" : ""), found.orElse(null));
                        },
                        planes.lane());
    }

    private CompletionStage<String> served(Disk disk) {
        return planes.exportsIfAny(disk.host())
                .map(exports -> exports.list()
                        .handleAsync(
                                (list, thrown) -> list == null
                                        ? "not known: " + Causes.of(thrown).getMessage()
                                        : words(disk, list),
                                planes.lane()))
                .orElse(CompletableFuture.completedFuture("not known: nobody runs the host's data plane"));
    }

    private static String words(Disk disk, List<Export> list) {
        Optional<Export> export = list.stream()
                .filter(each -> each.spec().id().equals(Serving.name(disk.id())))
                .findFirst();
        if (export.isEmpty()) {
            return "no";
        }
        String problem = export.get().problem();
        return problem != null
                ? "no: " + problem
                : (export.get().spec().writable() ? "for writing" : "for reading") + " on "
                        + export.get().socket() + " as " + export.get().spec().id();
    }

    private static Row row(Disk disk, Seen seen, String served, Snapshot snapshot) {
        DiskUse use = DiskUse.of(snapshot);
        ImageInfo info = seen.info();
        return new Row(
                disk.id(),
                disk.host(),
                disk.file(),
                disk.format(),
                disk.size(),
                seen.words(),
                info == null ? null : info.allocated(),
                info == null ? List.of() : info.snapshots(),
                info == null ? List.of() : info.bitmaps(),
                disk.serve(),
                served,
                disk.parent(),
                use.overlays(disk.id()),
                use.vms(disk.id()).stream().map(DiskUse.ByVm::vm).toList(),
                disk.madeFor(),
                snapshot.rows(Checked.KIND)
                        .find(disk.id())
                        .map(checked -> checked.at() + ": " + checked.verdict())
                        .orElse(""),
                disk.labels());
    }
}
