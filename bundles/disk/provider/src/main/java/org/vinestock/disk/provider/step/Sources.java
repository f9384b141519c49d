package org.vinestock.disk.provider.step;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.DataPlaneError;
import org.vinestock.dataplane.ImageFormat;
import org.vinestock.dataplane.ImageInfo;
import org.vinestock.dataplane.Images;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskError;
import org.vinestock.disk.DiskSource;
import org.vinestock.disk.DiskSteps.Make;
import org.vinestock.disk.provider.cd.SeedImage;
import org.vinestock.disk.provider.plane.Planes;
import org.vinestock.disk.provider.plane.StepProgress;
import org.vinestock.disk.provider.row.DiskUse;
import org.vinestock.disk.provider.row.Rules;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.StepContext;
import org.vinestock.time.Lane;

/** What new disks are made of: whether they may be, and how their files come to be. */
final class Sources {
    private final Planes planes;
    private final Lane lane;

    Sources(Planes planes, Lane lane) {
        this.planes = planes;
        this.lane = lane;
    }

    /** The disk that it will be an overlay of. */
    static @Nullable DiskId parent(Make make) {
        return make.source() instanceof DiskSource.Overlay overlay ? overlay.parent() : null;
    }

    private static @Nullable DiskId from(Make make) {
        if (make.source() instanceof DiskSource.Overlay overlay) {
            return overlay.parent();
        }
        return make.source() instanceof DiskSource.Copy copy ? copy.from() : null;
    }

    /** Throws what forbids to make it, as far as rows say. */
    void allowed(Make make, HostId host, Snapshot snapshot) {
        @Nullable DiskId from = from(make);
        if (from == null) {
            return;
        }
        Disk source = Rules.row(from, snapshot);
        Rules.mayBeMadeOf(source, snapshot);
        if (!source.host().equals(host)) {
            throw new VinestockException(
                    DiskError.DISK_ELSEWHERE,
                    "disk " + from + " is on " + source.host() + ", " + make.disk() + " is to be on " + host
                            + "; a disk is made of one of its own host");
        }
        Rules.fits("disk " + from, source.size(), make.source().size());
    }

    /** Undoing must not take what others are made of. */
    static void nothingIsMadeOf(DiskId disk, Snapshot snapshot) {
        if (!DiskUse.of(snapshot).overlays(disk).isEmpty()) {
            Rules.mayBeChanged(disk, snapshot);
        }
    }

    /** Fails with what forbids to make it, files looked at. */
    CompletionStage<Void> check(Make make, HostId host, Snapshot snapshot) {
        try {
            allowed(make, host, snapshot);
            if (!(make.source() instanceof DiskSource.File file)) {
                return CompletableFuture.completedFuture(null);
            }
            return planes.images(host)
                    .info(file.path(), named(file.format()))
                    .thenAcceptAsync(
                            info -> {
                                if (info.backing() != null) {
                                    throw new VinestockException(
                                            DataPlaneError.BAD_IMAGE,
                                            file.path() + " is backed by " + info.backing()
                                                    + "; accepted: an image that stands on its own");
                                }
                                Disk.checkedSize(info.size());
                                Rules.fits(file.path(), info.size(), file.size());
                            },
                            lane);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static @Nullable String named(String format) {
        return format.isEmpty() ? null : format;
    }

    /** Makes the file. */
    CompletionStage<ImageInfo> write(Make make, HostId host, String file, StepContext context) {
        Images images = planes.images(host);
        ImageFormat format = new ImageFormat(make.format(), make.compression());
        DiskSource source = make.source();
        if (source instanceof DiskSource.Empty empty) {
            return images.create(file, format, empty.size());
        } else if (source instanceof DiskSource.Overlay overlay) {
            Disk parent = Rules.row(overlay.parent(), context.snapshot());
            return images.createOverlay(file, parent.file(), parent.format(), overlay.size());
        } else if (source instanceof DiskSource.Copy copy) {
            Disk from = Rules.row(copy.from(), context.snapshot());
            return images.copy(from.file(), from.format(), file, format, new StepProgress(context));
        } else if (source instanceof DiskSource.File from) {
            return images.info(from.path(), named(from.format()))
                    .thenComposeAsync(
                            info -> images.copy(from.path(), info.format(), file, format, new StepProgress(context)),
                            lane);
        }
        DiskSource.Seed seed = (DiskSource.Seed) source;
        return images.write(file, ByteBuffer.wrap(SeedImage.of(seed.files())));
    }

    /** What it is made of, for people. */
    String words(Make make) {
        DiskSource source = make.source();
        @Nullable ByteCount size = source.size();
        String sized = size == null ? "" : ", of " + size;
        if (source instanceof DiskSource.Overlay overlay) {
            return "an overlay of " + overlay.parent() + sized;
        } else if (source instanceof DiskSource.Copy copy) {
            return "a copy of " + copy.from() + sized;
        } else if (source instanceof DiskSource.File file) {
            return "a copy of " + file.path() + sized;
        } else if (source instanceof DiskSource.Seed seed) {
            return "a CD with " + String.join(", ", seed.files().keySet());
        }
        return "empty" + sized;
    }
}
