package org.vinestock.disk.provider.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.disk.Disk;
import org.vinestock.disk.provider.row.DiskRows;
import org.vinestock.disk.provider.row.Rules;
import org.vinestock.disk.provider.row.ServedFor;
import org.vinestock.disk.provider.row.ServedWrongly;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.time.Lane;

/** Serves a disk to tools of its host, serves it again as it should be, or serves it no longer. */
public final class ServeStep implements StepHandler<ServeStep.Arguments> {
    /** Its kind. */
    public static final String KIND = "disk.set-served";

    private final Serving serving;
    private final DiskRows rows;
    private final Lane lane;

    ServeStep(Serving serving, DiskRows rows, Lane lane) {
        this.serving = serving;
        this.rows = rows;
        this.lane = lane;
    }

    /**
     * Arguments.
     *
     * @param from how its row says that it is served
     * @param to how it is to be
     */
    public record Arguments(DiskId disk, Disk.Serve from, Disk.Serve to) {}

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
        if (arguments.to() == Disk.Serve.NO) {
            Rules.mayBeUnserved(disk.id(), context.snapshot());
            return serving.withdraw(disk.host(), disk.id())
                    .thenComposeAsync(done -> want(arguments.disk(), Disk.Serve.NO), lane);
        }
        return want(arguments.disk(), arguments.to())
                .thenComposeAsync(
                        done -> serving.asWanted(Rules.row(arguments.disk(), context.snapshot()), context.snapshot()),
                        lane)
                .thenComposeAsync(
                        done -> rows.commit(snapshot -> List.of(new Change.Removed(ServedWrongly.KIND, disk.id()))),
                        lane);
    }

    private CompletionStage<?> want(DiskId id, Disk.Serve to) {
        return rows.commit(snapshot -> {
            Disk disk = Rules.row(id, snapshot);
            List<Change> changes = new ArrayList<>();
            if (to == Disk.Serve.NO) {
                Rules.mayBeUnserved(id, snapshot);
                changes.addAll(ServedFor.forgotten(id, any -> true, snapshot));
                changes.add(new Change.Removed(ServedWrongly.KIND, id));
            } else if (disk.serve() != to) {
                Rules.mayBeServed(disk, to == Disk.Serve.WRITABLE, snapshot);
            }
            if (disk.serve() != to) {
                changes.add(new Change.Put<>(Disk.KIND, id, disk.with(to)));
            }
            return changes;
        });
    }

    /** As it was before; what was to be served before is served again. */
    @Override
    public CompletionStage<?> undo(Arguments arguments, StepContext context) {
        Optional<Disk> row = context.snapshot().rows(Disk.KIND).find(arguments.disk());
        if (row.isEmpty() || (row.get().serve() == arguments.from() && arguments.to() != Disk.Serve.NO)) {
            return CompletableFuture.completedFuture(null);
        }
        Disk before = row.get().with(arguments.from());
        Snapshot snapshot = context.snapshot();
        return before.serve() == Disk.Serve.NO
                ? serving.withdraw(before.host(), before.id()).thenComposeAsync(done -> back(arguments), lane)
                : back(arguments).thenComposeAsync(done -> serving.asWanted(before, snapshot), lane);
    }

    private CompletionStage<?> back(Arguments arguments) {
        return rows.commit(snapshot -> {
            Disk disk = Rules.row(arguments.disk(), snapshot);
            return disk.serve() == arguments.from()
                    ? List.of()
                    : List.of(new Change.Put<>(Disk.KIND, disk.id(), disk.with(arguments.from())));
        });
    }

    @Override
    public CompletionStage<StepState> probe(Arguments arguments, StepContext context) {
        Disk disk = Rules.row(arguments.disk(), context.snapshot());
        if (disk.serve() != arguments.to()) {
            return CompletableFuture.completedFuture(StepState.NOT_BEGUN);
        }
        return serving.isAsWanted(disk, context.snapshot())
                .thenApplyAsync(served -> served ? StepState.DONE : StepState.HALF_WAY, lane);
    }

    @Override
    public CompletionStage<String> preview(Arguments arguments, StepContext context) {
        Disk disk = Rules.row(arguments.disk(), context.snapshot());
        return CompletableFuture.completedFuture(
                switch (arguments.to()) {
                    case NO -> disk.id() + " would be served no longer";
                    case READ_ONLY -> disk.id() + " would be served on " + disk.host() + ", for reading";
                    case WRITABLE -> disk.id() + " would be served on " + disk.host() + ", for writing, too";
                });
    }
}
