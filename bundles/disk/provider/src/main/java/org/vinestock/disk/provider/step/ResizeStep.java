package org.vinestock.disk.provider.step;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.dataplane.ImageInfo;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskError;
import org.vinestock.disk.provider.plane.Planes;
import org.vinestock.disk.provider.row.Changing;
import org.vinestock.disk.provider.row.DiskRows;
import org.vinestock.disk.provider.row.Rules;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.model.ByteCount;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.time.Lane;

/** Changes the size of a disk, which is not served meanwhile. What was cut off cannot be brought back. */
public final class ResizeStep implements StepHandler<ResizeStep.Arguments> {
    /** Its kind. */
    public static final String KIND = "disk.resize";

    private final Planes planes;
    private final Serving serving;
    private final DiskRows rows;
    private final Lane lane;

    ResizeStep(Planes planes, Serving serving, DiskRows rows, Lane lane) {
        this.planes = planes;
        this.serving = serving;
        this.rows = rows;
        this.lane = lane;
    }

    /**
     * Arguments.
     *
     * @param from what its row says
     */
    public record Arguments(DiskId disk, ByteCount from, ByteCount to) {
        boolean shrinks() {
            return to.compareTo(from) < 0;
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Class<Arguments> argumentsType() {
        return Arguments.class;
    }

    @Override
    public CompletionStage<?> apply(Arguments arguments, StepContext context) {
        DiskId id = arguments.disk();
        return rows.commit(now -> {
                    Rules.mayBeResized(Rules.row(id, now), now);
                    return List.of(new Change.Put<>(Changing.KIND, id, new Changing(id, "resized")));
                })
                .thenComposeAsync(
                        noted ->
                                change(Rules.row(id, context.snapshot()), arguments.to(), arguments.shrinks(), context),
                        lane);
    }

    private CompletionStage<Void> change(Disk disk, ByteCount to, boolean shrink, StepContext context) {
        return serving.withdraw(disk.host(), disk.id())
                .thenComposeAsync(done -> planes.images(disk.host()).info(disk.file(), disk.format()), lane)
                .thenComposeAsync(
                        info -> info.size().equals(to)
                                ? CompletableFuture.completedFuture(info)
                                : planes.images(disk.host()).resize(disk.file(), disk.format(), to, shrink),
                        lane)
                .thenComposeAsync(
                        info -> rows.commit(now ->
                                List.of(sized(disk.id(), info, now), new Change.Removed(Changing.KIND, disk.id()))),
                        lane)
                .thenComposeAsync(
                        done -> serving.asWanted(Rules.row(disk.id(), context.snapshot()), context.snapshot()), lane);
    }

    private static Change sized(DiskId id, ImageInfo info, Snapshot now) {
        return new Change.Put<>(Disk.KIND, id, Rules.row(id, now).with(info.size()));
    }

    @Override
    public CompletionStage<?> undo(Arguments arguments, StepContext context) {
        Disk disk = Rules.row(arguments.disk(), context.snapshot());
        boolean noted = context.snapshot().rows(Changing.KIND).find(disk.id()).isPresent();
        if (!noted && disk.size().equals(arguments.from())) {
            return serving.asWanted(disk, context.snapshot());
        }
        return planes.look(disk.host(), disk.file(), disk.format())
                .thenComposeAsync(
                        info -> {
                            boolean cut = arguments.shrinks()
                                    && info.isPresent()
                                    && info.get().size().equals(arguments.to());
                            if (cut) {
                                return change(disk, arguments.to(), true, context)
                                        .thenComposeAsync(done -> tooLate(arguments), lane);
                            }
                            return info.isPresent()
                                    ? back(disk, arguments.from(), context)
                                    : rows.commit(now -> List.of(new Change.Removed(Changing.KIND, disk.id())))
                                            .thenComposeAsync(done -> serving.asWanted(disk, context.snapshot()), lane);
                        },
                        lane);
    }

    /** As it was, unless others were made of it since. */
    private CompletionStage<Void> back(Disk disk, ByteCount from, StepContext context) {
        return rows.commit(now -> {
                    Rules.mayBeResized(Rules.row(disk.id(), now), now);
                    return List.of(new Change.Put<>(Changing.KIND, disk.id(), new Changing(disk.id(), "resized")));
                })
                .thenComposeAsync(noted -> change(disk, from, true, context), lane);
    }

    private static CompletionStage<Void> tooLate(Arguments arguments) {
        return CompletableFuture.failedFuture(new VinestockException(
                DiskError.IMAGE_DIFFERS,
                "the end of " + arguments.disk() + " is cut off and cannot be brought back, so it has "
                        + arguments.to()));
    }

    @Override
    public CompletionStage<StepState> probe(Arguments arguments, StepContext context) {
        Disk disk = Rules.row(arguments.disk(), context.snapshot());
        boolean noted = context.snapshot().rows(Changing.KIND).find(disk.id()).isPresent();
        if (noted || !disk.size().equals(arguments.to())) {
            return CompletableFuture.completedFuture(StepState.HALF_WAY);
        }
        return serving.isAsWanted(disk, context.snapshot())
                .thenApplyAsync(served -> served ? StepState.DONE : StepState.HALF_WAY, lane);
    }

    @Override
    public CompletionStage<String> preview(Arguments arguments, StepContext context) {
        return CompletableFuture.completedFuture(arguments.disk() + " would have " + arguments.to() + ", has "
                + arguments.from() + (arguments.shrinks() ? "; what is at its end would be lost" : ""));
    }
}
