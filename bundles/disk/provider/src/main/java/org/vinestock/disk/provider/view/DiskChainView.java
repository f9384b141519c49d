package org.vinestock.disk.provider.view;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.ImageInfo;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskOperations.OneDisk;
import org.vinestock.disk.provider.operation.Lookup;
import org.vinestock.disk.provider.plane.Planes;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.model.ByteCount;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** {@code disk.chain}: the images that a disk consists of, from the one that is written, as they themselves say. */
public final class DiskChainView implements View<OneDisk, DiskChainView.Row> {
    private final Planes planes;

    /** Makes it. */
    public DiskChainView(Planes planes) {
        this.planes = planes;
    }

    /**
     * An image.
     *
     * @param depth 0 for the disk's own
     * @param disk whose it is; null if it is no disk's
     */
    public record Row(
            int depth, @Nullable DiskId disk, String file, String format, ByteCount size, ByteCount allocated) {}

    @Override
    public String name() {
        return "disk.chain";
    }

    @Override
    public String summary() {
        return "Show the images that a disk consists of";
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
        return planes.images(disk.host())
                .chain(disk.file(), disk.format())
                .thenApplyAsync(chain -> new Page<>(rows(chain, Chain.names(disk, snapshot))), planes.lane());
    }

    private static List<Row> rows(List<ImageInfo> chain, Chain names) {
        List<Row> rows = new ArrayList<>();
        for (ImageInfo image : chain) {
            rows.add(new Row(
                    rows.size(),
                    names.of(image.file()),
                    image.file(),
                    image.format(),
                    image.size(),
                    image.allocated()));
        }
        return rows;
    }
}
