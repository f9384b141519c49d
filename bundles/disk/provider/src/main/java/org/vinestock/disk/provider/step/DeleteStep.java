package org.vinestock.disk.provider.step;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskError;
import org.vinestock.disk.provider.row.Rules;
import org.vinestock.disk.provider.row.Unfinished;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.time.Lane;

/** Deletes a disk, or the file that is left of one. Once its row is gone it is deleted to the end. */
public final class DeleteStep implements StepHandler<DeleteStep.Arguments> {
    /** Its kind. */
    public static final String KIND = "disk.delete";

    private final Disposal disposal;
    private final Serving serving;
    private final Lane lane;

    DeleteStep(Disposal disposal, Serving serving, Lane lane) {
        this.disposal = disposal;
        this.serving = serving;
        this.lane = lane;
    }

    /** Arguments. */
    public record Arguments(DiskId disk) {}

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
        Optional<Unfinished> left = context.snapshot().rows(Unfinished.KIND).find(id);
        if (left.isPresent()) {
            return disposal.file(left.get());
        }
        Optional<Disk> row = context.snapshot().rows(Disk.KIND).find(id);
        if (row.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        Rules.mayBeDeleted(id, context.snapshot());
        return disposal.remove(row.get(), snapshot -> Rules.mayBeDeleted(id, snapshot));
    }

    @Override
    public CompletionStage<?> undo(Arguments arguments, StepContext context) {
        Optional<Disk> row = context.snapshot().rows(Disk.KIND).find(arguments.disk());
        if (row.isPresent()) {
            return serving.asWanted(row.get(), context.snapshot());
        }
        return disposal.end(arguments.disk(), context.snapshot())
                .thenComposeAsync(
                        done -> CompletableFuture.failedFuture(new VinestockException(
                                DiskError.NO_SUCH_DISK, arguments.disk() + " is gone and cannot be brought back")),
                        lane);
    }

    @Override
    public CompletionStage<StepState> probe(Arguments arguments, StepContext context) {
        boolean row = context.snapshot().rows(Disk.KIND).find(arguments.disk()).isPresent();
        boolean file =
                context.snapshot().rows(Unfinished.KIND).find(arguments.disk()).isPresent();
        return CompletableFuture.completedFuture(row || file ? StepState.HALF_WAY : StepState.DONE);
    }

    @Override
    public CompletionStage<String> preview(Arguments arguments, StepContext context) {
        return CompletableFuture.completedFuture(arguments.disk() + " would be deleted with all that is in it");
    }
}
