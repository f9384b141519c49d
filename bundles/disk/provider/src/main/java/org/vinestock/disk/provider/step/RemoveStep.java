package org.vinestock.disk.provider.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskSteps;
import org.vinestock.disk.DiskSteps.Remove;
import org.vinestock.disk.provider.row.DiskRows;
import org.vinestock.disk.provider.row.DiskUse;
import org.vinestock.disk.provider.row.Rules;
import org.vinestock.disk.provider.row.ServedFor;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.model.VmId;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.time.Lane;

/** Lets go of disks that a VM had: what of that is done stays done. */
final class RemoveStep implements StepHandler<Remove> {
    private final Serving serving;
    private final Disposal disposal;
    private final DiskRows rows;
    private final Lane lane;

    RemoveStep(Serving serving, Disposal disposal, DiskRows rows, Lane lane) {
        this.serving = serving;
        this.disposal = disposal;
        this.rows = rows;
        this.lane = lane;
    }

    @Override
    public String kind() {
        return DiskSteps.REMOVE;
    }

    @Override
    public Class<Remove> argumentsType() {
        return Remove.class;
    }

    @Override
    public CompletionStage<?> apply(Remove arguments, StepContext context) {
        return InTurn.each(arguments.disks(), disk -> letGo(disk, arguments, context), lane);
    }

    private CompletionStage<?> letGo(DiskId id, Remove arguments, StepContext context) {
        Snapshot snapshot = context.snapshot();
        Optional<Disk> row = snapshot.rows(Disk.KIND).find(id);
        if (row.isEmpty()) {
            return disposal.end(id, snapshot).thenComposeAsync(done -> forget(id, arguments.vm()), lane);
        }
        Disk disk = row.get();
        if (isUsed(id, arguments.vm(), snapshot)) {
            return release(disk.id(), arguments.vm());
        }
        return isToBeDeleted(disk, arguments, snapshot)
                ? disposal.remove(disk, now -> Sources.nothingIsMadeOf(id, now))
                        .thenComposeAsync(done -> forget(id, arguments.vm()), lane)
                : serving.asWanted(disk.with(before(id, arguments.vm(), snapshot)), snapshot)
                        .thenComposeAsync(done -> release(id, arguments.vm()), lane);
    }

    private static boolean isUsed(DiskId disk, VmId but, Snapshot snapshot) {
        return DiskUse.of(snapshot).vms(disk).stream().anyMatch(use -> !use.vm().equals(but));
    }

    private static boolean isToBeDeleted(Disk disk, Remove arguments, Snapshot snapshot) {
        return arguments.vm().equals(disk.madeFor())
                && !arguments.keep()
                && DiskUse.of(snapshot).overlays(disk.id()).isEmpty()
                && DiskUse.of(snapshot).copies(disk.id()).isEmpty();
    }

    private static Disk.Serve before(DiskId disk, VmId vm, Snapshot snapshot) {
        return ServedFor.of(vm, snapshot).find(disk).map(ServedFor.Was::before).orElse(Disk.Serve.NO);
    }

    /** The row says that the VM has nothing to do with it any more. */
    private CompletionStage<?> release(DiskId id, VmId vm) {
        return rows.commit(snapshot -> {
            Disk disk = Rules.row(id, snapshot);
            @Nullable VmId madeFor = disk.madeFor();
            Disk after = disk.madeFor(vm.equals(madeFor) ? null : madeFor);
            if (!isUsed(id, vm, snapshot)) {
                after = after.with(before(id, vm, snapshot));
            }
            List<Change> changes = new ArrayList<>(List.of(new Change.Put<>(Disk.KIND, id, after)));
            changes.addAll(ServedFor.forgotten(id, vm::equals, snapshot));
            return changes;
        });
    }

    private CompletionStage<?> forget(DiskId id, VmId vm) {
        return rows.commit(snapshot -> ServedFor.forgotten(id, vm::equals, snapshot));
    }

    /**
     * Ends what was begun; the other disks are kept. Those that the VM still has are served on, those of a VM that is gone are
     * nobody's.
     */
    @Override
    public CompletionStage<?> undo(Remove arguments, StepContext context) {
        Remove kept = new Remove(arguments.vm(), arguments.disks(), true);
        return InTurn.each(
                arguments.disks(),
                id -> {
                    Snapshot snapshot = context.snapshot();
                    boolean stillHasIt = DiskUse.of(snapshot).vms(id).stream()
                            .anyMatch(use -> use.vm().equals(arguments.vm()));
                    Optional<Disk> row = snapshot.rows(Disk.KIND).find(id);
                    return stillHasIt && row.isPresent()
                            ? serving.asWanted(row.get(), snapshot)
                            : letGo(id, kept, context);
                },
                lane);
    }

    @Override
    public CompletionStage<StepState> probe(Remove arguments, StepContext context) {
        Snapshot snapshot = context.snapshot();
        ServedFor served = ServedFor.of(arguments.vm(), snapshot);
        boolean done = arguments.disks().stream()
                .allMatch(id -> served.find(id).isEmpty()
                        && Disposal.begun(id, snapshot).isEmpty()
                        && snapshot.rows(Disk.KIND)
                                .find(id)
                                .filter(disk -> arguments.vm().equals(disk.madeFor()))
                                .isEmpty());
        return CompletableFuture.completedFuture(done ? StepState.DONE : StepState.HALF_WAY);
    }

    @Override
    public CompletionStage<String> preview(Remove arguments, StepContext context) {
        Snapshot snapshot = context.snapshot();
        List<String> deleted = arguments.disks().stream()
                .filter(id -> snapshot.rows(Disk.KIND)
                        .find(id)
                        .filter(disk ->
                                isToBeDeleted(disk, arguments, snapshot) && !isUsed(id, arguments.vm(), snapshot))
                        .isPresent())
                .map(DiskId::value)
                .toList();
        return CompletableFuture.completedFuture(
                deleted.isEmpty() ? "none would be deleted" : String.join(", ", deleted) + " would be deleted");
    }
}
