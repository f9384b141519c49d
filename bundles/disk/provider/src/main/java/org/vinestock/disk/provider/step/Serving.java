package org.vinestock.disk.provider.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.dataplane.BlockExports;
import org.vinestock.dataplane.DataPlaneError;
import org.vinestock.dataplane.Export;
import org.vinestock.dataplane.ExportId;
import org.vinestock.dataplane.ExportSpec;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskError;
import org.vinestock.disk.provider.plane.Causes;
import org.vinestock.disk.provider.plane.Planes;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.model.HostId;
import org.vinestock.model.VinestockException;
import org.vinestock.time.Lane;

/** Has disks served as their rows say. */
public final class Serving {
    private static final int DEEPEST = 256;

    private final Planes planes;
    private final Lane lane;

    Serving(Planes planes, Lane lane) {
        this.planes = planes;
        this.lane = lane;
    }

    /** The name under which a disk is served. */
    public static ExportId name(DiskId disk) {
        return new ExportId(disk.value());
    }

    /** What is to be served of a disk: its file, and those of the disks beneath it. */
    public static ExportSpec spec(Disk disk, Snapshot snapshot) {
        List<String> chain = new ArrayList<>();
        Optional<Disk> at = Optional.of(disk);
        while (at.isPresent() && chain.size() < DEEPEST) {
            chain.add(at.get().file());
            at = Optional.ofNullable(at.get().parent())
                    .flatMap(parent -> snapshot.rows(Disk.KIND).find(parent));
        }
        return new ExportSpec(name(disk.id()), disk.format(), chain, disk.serve() == Disk.Serve.WRITABLE);
    }

    /** Serves a disk as its row says, or no longer. */
    CompletionStage<Void> asWanted(Disk disk, Snapshot snapshot) {
        return disk.serve() == Disk.Serve.NO ? withdraw(disk.host(), disk.id()) : serve(disk, snapshot);
    }

    private CompletionStage<Void> serve(Disk disk, Snapshot snapshot) {
        BlockExports exports = planes.exports(disk.host());
        ExportSpec spec = spec(disk, snapshot);
        return exports.serve(spec)
                .exceptionallyComposeAsync(
                        thrown -> Causes.is(thrown, DataPlaneError.EXISTS)
                                ? exports.withdraw(spec.id()).thenComposeAsync(gone -> exports.serve(spec), lane)
                                : CompletableFuture.failedFuture(thrown),
                        lane)
                .thenComposeAsync(
                        export -> export.problem() == null
                                ? CompletableFuture.completedFuture(export)
                                : CompletableFuture.<Export>failedFuture(new VinestockException(
                                        DiskError.IMAGE_DIFFERS,
                                        "disk " + disk.id() + " cannot be served: " + export.problem())),
                        lane)
                .thenAcceptAsync(export -> {}, lane);
    }

    /** Serves a disk no longer. */
    CompletionStage<Void> withdraw(HostId host, DiskId disk) {
        return planes.exports(host).withdraw(name(disk)).thenAcceptAsync(gone -> {}, lane);
    }

    /** Whether a disk is served as its row says. */
    CompletionStage<Boolean> isAsWanted(Disk disk, Snapshot snapshot) {
        ExportSpec spec = spec(disk, snapshot);
        return planes.exports(disk.host())
                .list()
                .thenApplyAsync(
                        list -> disk.serve() == Disk.Serve.NO
                                ? list.stream()
                                        .noneMatch(export -> export.spec().id().equals(spec.id()))
                                : list.stream()
                                        .anyMatch(export -> export.problem() == null
                                                && export.spec().id().equals(spec.id())
                                                && export.spec().writable() == spec.writable()),
                        lane);
    }
}
