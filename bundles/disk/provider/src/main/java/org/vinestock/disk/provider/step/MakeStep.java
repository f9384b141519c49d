package org.vinestock.disk.provider.step;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.DataPlaneError;
import org.vinestock.dataplane.ImageInfo;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskError;
import org.vinestock.disk.DiskSteps;
import org.vinestock.disk.DiskSteps.Make;
import org.vinestock.disk.provider.plane.Causes;
import org.vinestock.disk.provider.plane.Planes;
import org.vinestock.disk.provider.row.DiskRows;
import org.vinestock.disk.provider.row.Unfinished;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.time.Lane;

/**
 * Makes a disk: notes that its file is begun, makes the file, then writes the row and removes the note, together. A file gets its
 * name when it is whole, so one that is found under the same note is taken as it is.
 */
final class MakeStep implements StepHandler<Make> {
    private final Planes planes;
    private final Sources sources;
    private final Disposal disposal;
    private final DiskRows rows;
    private final Lane lane;

    MakeStep(Planes planes, Sources sources, Disposal disposal, DiskRows rows, Lane lane) {
        this.planes = planes;
        this.sources = sources;
        this.disposal = disposal;
        this.rows = rows;
        this.lane = lane;
    }

    @Override
    public String kind() {
        return DiskSteps.MAKE;
    }

    @Override
    public Class<Make> argumentsType() {
        return Make.class;
    }

    @Override
    public CompletionStage<?> apply(Make make, StepContext context) {
        Snapshot snapshot = context.snapshot();
        Optional<Disk> row = snapshot.rows(Disk.KIND).find(make.disk());
        if (row.isPresent() && !isOf(row.get(), make)) {
            throw exists("disk \"" + make.disk() + "\" is there already");
        } else if (row.isPresent()) {
            Disk disk = row.get();
            return planes.look(disk.host(), disk.file(), disk.format())
                    .thenComposeAsync(
                            there -> there.isPresent()
                                    ? CompletableFuture.completedFuture(0L)
                                    : work(new Unfinished(disk.id(), disk.host(), disk.file(), make), context),
                            lane);
        }
        Optional<Unfinished> left = snapshot.rows(Unfinished.KIND).find(make.disk());
        if (left.isPresent() && make.equals(left.get().made())) {
            return goOn(left.get(), context);
        } else if (left.isPresent()) {
            return disposal.file(left.get()).thenComposeAsync(gone -> begin(make, context), lane);
        }
        return begin(make, context);
    }

    private CompletionStage<Long> begin(Make make, StepContext context) {
        HostId host = host(make, context.snapshot());
        String file = planes.images(host).folder() + "/" + make.disk() + "." + make.format();
        Unfinished note = new Unfinished(make.disk(), host, file, make);
        return planes.look(host, file, "raw")
                .thenComposeAsync(
                        there -> there.isEmpty()
                                ? sources.check(make, host, context.snapshot())
                                : CompletableFuture.<Void>failedFuture(exists(file + " is there already on " + host
                                        + ", and is no disk's; remove it, or take another name")),
                        lane)
                .thenComposeAsync(
                        fine -> rows.commit(snapshot -> {
                            sources.allowed(make, host, snapshot);
                            return List.of(new Change.Put<>(Unfinished.KIND, make.disk(), note));
                        }),
                        lane)
                .thenComposeAsync(
                        noted -> work(note, context).exceptionallyComposeAsync(thrown -> notOurs(note, thrown), lane),
                        lane);
    }

    /** What is there although nothing could be read under that name is another's: there is nothing to take back. */
    private CompletionStage<Long> notOurs(Unfinished note, Throwable thrown) {
        CompletionStage<Long> failed = CompletableFuture.failedFuture(thrown);
        return Causes.is(thrown, DataPlaneError.EXISTS)
                ? rows.commit(snapshot -> List.of(new Change.Removed(Unfinished.KIND, note.id())))
                        .thenComposeAsync(forgotten -> failed, lane)
                : failed;
    }

    private CompletionStage<Long> goOn(Unfinished note, StepContext context) {
        return planes.look(note.host(), note.file(), made(note).format())
                .thenComposeAsync(there -> there.isPresent() ? finish(note, there.get()) : work(note, context), lane);
    }

    private CompletionStage<Long> work(Unfinished note, StepContext context) {
        return sources.write(made(note), note.host(), note.file(), context)
                .thenComposeAsync(info -> finish(note, info), lane);
    }

    private CompletionStage<Long> finish(Unfinished note, ImageInfo info) {
        Make make = made(note);
        @Nullable ByteCount asked = make.source().size();
        if (asked == null || asked.compareTo(info.size()) <= 0) {
            return write(note, info);
        }
        return planes.images(note.host())
                .resize(note.file(), make.format(), asked, false)
                .thenComposeAsync(larger -> write(note, larger), lane);
    }

    private CompletionStage<Long> write(Unfinished note, ImageInfo info) {
        Make make = made(note);
        Disk disk = new Disk(
                make.disk(),
                note.host(),
                note.file(),
                make.format(),
                info.size(),
                Sources.parent(make),
                make.madeFor(),
                Disk.Serve.NO,
                make.labels());
        return rows.commit(snapshot -> List.of(
                new Change.Put<>(
                        Disk.KIND,
                        make.disk(),
                        snapshot.rows(Disk.KIND).find(make.disk()).orElse(disk)),
                new Change.Removed(Unfinished.KIND, make.disk())));
    }

    private static Make made(Unfinished note) {
        return Objects.requireNonNull(note.made());
    }

    private static VinestockException exists(String sentence) {
        return new VinestockException(DataPlaneError.EXISTS, sentence);
    }

    /** Whether a row may have come of it. */
    private static boolean isOf(Disk row, Make make) {
        @Nullable HostId host = make.host();
        return row.format().equals(make.format())
                && (host == null || row.host().equals(host))
                && Objects.equals(row.parent(), Sources.parent(make))
                && Objects.equals(row.madeFor(), make.madeFor());
    }

    private static HostId host(Make make, Snapshot snapshot) {
        @Nullable HostId named = make.host();
        @Nullable VmId vm = make.madeFor();
        if (named != null) {
            return named;
        } else if (vm == null) {
            throw new IllegalArgumentException("host: disk " + make.disk() + " is made for no VM; accepted: a host");
        }
        return snapshot.rows(SiteKinds.VM)
                .find(vm)
                .map(Vm::host)
                .orElseThrow(() -> new VinestockException(
                        DiskError.DISK_ELSEWHERE,
                        vm + " has no host now, so there is no place for disk " + make.disk()));
    }

    @Override
    public CompletionStage<?> undo(Make make, StepContext context) {
        Snapshot snapshot = context.snapshot();
        DiskId id = make.disk();
        Optional<Unfinished> left = snapshot.rows(Unfinished.KIND).find(id);
        if (left.isPresent()) {
            boolean own = left.get().made() == null || make.equals(left.get().made());
            return own ? disposal.file(left.get()) : CompletableFuture.completedFuture(null);
        }
        Optional<Disk> row = snapshot.rows(Disk.KIND).find(id).filter(disk -> isOf(disk, make));
        return row.isPresent()
                ? disposal.remove(row.get(), now -> Sources.nothingIsMadeOf(id, now))
                : CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<StepState> probe(Make make, StepContext context) {
        Snapshot snapshot = context.snapshot();
        Optional<Disk> row = snapshot.rows(Disk.KIND).find(make.disk()).filter(disk -> isOf(disk, make));
        if (row.isPresent()) {
            return planes.look(row.get().host(), row.get().file(), row.get().format())
                    .thenApplyAsync(there -> there.isPresent() ? StepState.DONE : StepState.HALF_WAY, lane);
        }
        boolean begun = snapshot.rows(Unfinished.KIND)
                .find(make.disk())
                .filter(left -> make.equals(left.made()))
                .isPresent();
        return CompletableFuture.completedFuture(begun ? StepState.HALF_WAY : StepState.NOT_BEGUN);
    }

    @Override
    public CompletionStage<String> preview(Make make, StepContext context) {
        @Nullable HostId host = make.host();
        String where = host == null ? "where " + make.madeFor() + " is" : "on " + host;
        String what = "a " + make.format() + " disk would be made " + where + ", ";
        return host == null
                ? CompletableFuture.completedFuture(what + sources.words(make))
                : sources.check(make, host, context.snapshot())
                        .handleAsync(
                                (fine, thrown) -> what
                                        + sources.words(make)
                                        + (thrown == null
                                                ? ""
                                                : "; but " + Causes.of(thrown).getMessage()),
                                lane);
    }
}
