package org.vinestock.disk.provider.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.dataplane.ImageCheck;
import org.vinestock.dataplane.ImageInfo;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskError;
import org.vinestock.disk.provider.plane.Planes;
import org.vinestock.disk.provider.row.Changing;
import org.vinestock.disk.provider.row.Checked;
import org.vinestock.disk.provider.row.DiskRows;
import org.vinestock.disk.provider.row.Rules;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/** Looks through an image, and whether it is what its row says. */
public final class CheckStep implements StepHandler<CheckStep.Arguments> {
    /** Its kind. */
    public static final String KIND = "disk.check";

    private static final int FINDINGS_KEPT = 10;

    private final Planes planes;
    private final DiskRows rows;
    private final Scheduler scheduler;
    private final Lane lane;

    CheckStep(Planes planes, DiskRows rows, Scheduler scheduler, Lane lane) {
        this.planes = planes;
        this.rows = rows;
        this.scheduler = scheduler;
        this.lane = lane;
    }

    /** Arguments. */
    public record Arguments(DiskId disk, boolean repair) {}

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
        Disk disk = Rules.row(arguments.disk(), context.snapshot());
        return begin(arguments)
                .thenComposeAsync(begun -> planes.look(disk.host(), disk.file(), disk.format()), lane)
                .thenComposeAsync(
                        info -> {
                            List<String> differences = differences(disk, info, context.snapshot());
                            return differences.isEmpty()
                                    ? planes.images(disk.host()).check(disk.file(), disk.format(), arguments.repair())
                                    : CompletableFuture.<ImageCheck>failedFuture(new VinestockException(
                                            DiskError.IMAGE_DIFFERS,
                                            "disk " + disk.id() + ": " + String.join("; ", differences)));
                        },
                        lane)
                .thenComposeAsync(
                        check -> rows.commit(now -> List.of(
                                new Change.Put<>(Checked.KIND, disk.id(), kept(disk.id(), check)),
                                new Change.Removed(Changing.KIND, disk.id()))),
                        lane);
    }

    private CompletionStage<Long> begin(Arguments arguments) {
        DiskId id = arguments.disk();
        return rows.commit(now -> {
            if (!arguments.repair()) {
                return List.of();
            }
            Rules.mayBeRepaired(Rules.row(id, now), now);
            return List.of(new Change.Put<>(Changing.KIND, id, new Changing(id, "put in order")));
        });
    }

    private Checked kept(DiskId id, ImageCheck check) {
        List<String> findings = check.findings();
        return new Checked(
                id,
                scheduler.instant(),
                check.leaks(),
                check.corruptions(),
                check.repaired(),
                findings.subList(0, Math.min(FINDINGS_KEPT, findings.size())));
    }

    /** Where an image is not what the row says, in words; empty = nowhere. */
    public static List<String> differences(Disk disk, Optional<ImageInfo> found, Snapshot snapshot) {
        if (found.isEmpty()) {
            return List.of("there is no " + disk.format() + " image " + disk.file() + " on " + disk.host());
        }
        ImageInfo info = found.get();
        List<String> differences = new ArrayList<>();
        if (!info.size().equals(disk.size())) {
            differences.add("the image has " + info.size() + " (" + info.size().bytes() + " bytes), the row says "
                    + disk.size() + " (" + disk.size().bytes() + ")");
        }
        String backing = Optional.ofNullable(disk.parent())
                .flatMap(parent -> snapshot.rows(Disk.KIND).find(parent))
                .map(Disk::file)
                .orElse(null);
        if (!Objects.equals(info.backing(), backing)) {
            differences.add("the image is backed by " + (info.backing() == null ? "nothing" : info.backing())
                    + ", the row says by " + (backing == null ? "nothing" : backing));
        }
        return differences;
    }

    /** Nothing: what was put in order stays so. */
    @Override
    public CompletionStage<?> undo(Arguments arguments, StepContext context) {
        return rows.commit(now -> List.of(new Change.Removed(Changing.KIND, arguments.disk())));
    }

    @Override
    public CompletionStage<StepState> probe(Arguments arguments, StepContext context) {
        return CompletableFuture.completedFuture(StepState.NOT_BEGUN);
    }

    @Override
    public CompletionStage<String> preview(Arguments arguments, StepContext context) {
        return CompletableFuture.completedFuture(arguments.disk() + " would be looked through"
                + (arguments.repair() ? ", and put in order where it can be" : ""));
    }
}
