package org.vinestock.disk.provider.view;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.ImageExtent;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskOperations.OneDisk;
import org.vinestock.disk.provider.operation.Lookup;
import org.vinestock.disk.provider.plane.Planes;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.ByteCount;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** {@code disk.map}: what is where on a disk. Pages go on where the last extent ended. */
public final class DiskMapView implements View<OneDisk, DiskMapView.Row> {
    private final Planes planes;

    /** Makes it. */
    public DiskMapView(Planes planes) {
        this.planes = planes;
    }

    /**
     * A range in which all is of one sort.
     *
     * @param offset in bytes
     * @param what what is there, and whose it is
     */
    public record Row(long offset, ByteCount length, String what) {}

    @Override
    public String name() {
        return "disk.map";
    }

    @Override
    public String summary() {
        return "Show what is where on a disk";
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
        Chain chain = Chain.names(disk, snapshot);
        return planes.images(disk.host())
                .map(disk.file(), disk.format(), from(page.after()), page.limit())
                .thenApplyAsync(extents -> page(extents, chain, disk.size().bytes(), page.limit()), planes.lane());
    }

    private static long from(String after) {
        try {
            return after.isEmpty() ? 0 : Long.parseUnsignedLong(after);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("after: \"" + after + "\"; accepted: an offset in bytes", e);
        }
    }

    private static Page<Row> page(List<ImageExtent> extents, Chain chain, long size, int limit) {
        List<Row> rows = new ArrayList<>();
        long end = 0;
        for (ImageExtent extent : extents) {
            rows.add(new Row(extent.offset(), new ByteCount(extent.length()), words(extent, chain)));
            end = extent.offset() + extent.length();
        }
        @Nullable String next = rows.size() >= limit && end < size ? Long.toString(end) : null;
        return new Page<>("", rows, next);
    }

    private static String words(ImageExtent extent, Chain chain) {
        if (!extent.allocated()) {
            return "nothing yet: reads as zeroes";
        }
        return (extent.data() ? "data of " : "zeroes of ") + chain.at(extent.depth());
    }
}
