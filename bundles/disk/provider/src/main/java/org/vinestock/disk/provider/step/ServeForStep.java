package org.vinestock.disk.provider.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskError;
import org.vinestock.disk.DiskSteps;
import org.vinestock.disk.DiskSteps.ServeFor;
import org.vinestock.disk.provider.row.DiskRows;
import org.vinestock.disk.provider.row.DiskUse;
import org.vinestock.disk.provider.row.Rules;
import org.vinestock.disk.provider.row.ServedFor;
import org.vinestock.disk.provider.row.ServedWrongly;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.machines.hardware.VmDisk;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.time.Lane;

/** Serves the disks that a VM's row names: first all rows say so, or none, then they are. */
final class ServeForStep implements StepHandler<ServeFor> {
    private final Serving serving;
    private final DiskRows rows;
    private final Lane lane;

    ServeForStep(Serving serving, DiskRows rows, Lane lane) {
        this.serving = serving;
        this.rows = rows;
        this.lane = lane;
    }

    @Override
    public String kind() {
        return DiskSteps.SERVE;
    }

    @Override
    public Class<ServeFor> argumentsType() {
        return ServeFor.class;
    }

    @Override
    public CompletionStage<?> apply(ServeFor arguments, StepContext context) {
        VmId id = arguments.vm();
        String task = context.lease(id).holder();
        return rows.commit(snapshot -> wanted(vm(id, snapshot), task, snapshot))
                .thenComposeAsync(
                        done -> {
                            Snapshot now = context.snapshot();
                            return InTurn.each(
                                    vm(id, now).hardware().disks(),
                                    device -> serving.asWanted(Rules.row(device.disk(), now), now),
                                    lane);
                        },
                        lane);
    }

    private static Vm vm(VmId id, Snapshot snapshot) {
        return snapshot.rows(SiteKinds.VM)
                .find(id)
                .orElseThrow(() -> new VinestockException(
                        DiskError.DISK_ELSEWHERE, "VM " + id + " is gone, so its disks are not served"));
    }

    private static List<Change> wanted(Vm vm, String task, Snapshot snapshot) {
        ServedFor served = ServedFor.of(vm.id(), snapshot);
        List<Change> changes = new ArrayList<>();
        for (VmDisk device : vm.hardware().disks()) {
            Disk disk = snapshot.rows(Disk.KIND)
                    .find(device.disk())
                    .orElseThrow(() -> new VinestockException(
                            DiskError.NO_SUCH_DISK,
                            vm.id() + " names disk " + device.disk()
                                    + ", which is not there; disk:list shows those there are"));
            Rules.mayBeServedFor(vm, device, disk, snapshot);
            Disk.Serve serve = device.readOnly() ? Disk.Serve.READ_ONLY : Disk.Serve.WRITABLE;
            if (served.find(disk.id()).isEmpty()) {
                served = served.with(new ServedFor.Was(disk.id(), before(disk, snapshot), task));
            }
            if (disk.serve() != serve) {
                changes.add(new Change.Put<>(Disk.KIND, disk.id(), disk.with(serve)));
                changes.add(new Change.Removed(ServedWrongly.KIND, disk.id()));
            }
        }
        if (!served.equals(ServedFor.of(vm.id(), snapshot))) {
            changes.add(served.change());
        }
        return changes;
    }

    /** How it was served before the first VM needed it. */
    private static Disk.Serve before(Disk disk, Snapshot snapshot) {
        return DiskUse.of(snapshot).vms(disk.id()).stream()
                .flatMap(use -> ServedFor.of(use.vm(), snapshot).find(disk.id()).stream())
                .map(ServedFor.Was::before)
                .findFirst()
                .orElse(disk.serve());
    }

    /** What this task had served is as it was before; one that another VM's row names, too, is served on. */
    @Override
    public CompletionStage<?> undo(ServeFor arguments, StepContext context) {
        VmId id = arguments.vm();
        String task = context.lease(id).holder();
        Snapshot snapshot = context.snapshot();
        List<ServedFor.Was> own = ServedFor.of(id, snapshot).disks().stream()
                .filter(was -> was.by().equals(task))
                .toList();
        List<Disk> back = new ArrayList<>();
        for (ServedFor.Was was : own) {
            Optional<Disk> row = snapshot.rows(Disk.KIND).find(was.disk());
            boolean others = DiskUse.of(snapshot).vms(was.disk()).stream()
                    .anyMatch(use -> !use.vm().equals(id));
            if (row.isPresent() && !others) {
                back.add(row.get().with(was.before()));
            }
        }
        List<DiskId> names = own.stream().map(ServedFor.Was::disk).toList();
        List<Disk> gone =
                back.stream().filter(disk -> disk.serve() == Disk.Serve.NO).toList();
        return InTurn.each(gone, disk -> serving.withdraw(disk.host(), disk.id()), lane)
                .thenComposeAsync(done -> rows.commit(now -> asBefore(id, back, names, now)), lane)
                .thenComposeAsync(done -> InTurn.each(back, disk -> serving.asWanted(disk, snapshot), lane), lane);
    }

    private static List<Change> asBefore(VmId vm, List<Disk> back, List<DiskId> own, Snapshot now) {
        List<Change> changes = new ArrayList<>();
        for (Disk disk : back) {
            Optional<Disk> row = now.rows(Disk.KIND).find(disk.id());
            if (row.isPresent() && row.get().serve() != disk.serve()) {
                changes.add(new Change.Put<>(Disk.KIND, disk.id(), row.get().with(disk.serve())));
            }
        }
        changes.add(ServedFor.of(vm, now).without(own).change());
        return changes;
    }

    @Override
    public CompletionStage<StepState> probe(ServeFor arguments, StepContext context) {
        Snapshot snapshot = context.snapshot();
        Vm vm = vm(arguments.vm(), snapshot);
        ServedFor served = ServedFor.of(vm.id(), snapshot);
        CompletionStage<Boolean> all = CompletableFuture.completedFuture(true);
        for (VmDisk device : vm.hardware().disks()) {
            Optional<Disk> disk = snapshot.rows(Disk.KIND).find(device.disk());
            Disk.Serve serve = device.readOnly() ? Disk.Serve.READ_ONLY : Disk.Serve.WRITABLE;
            if (disk.isEmpty()
                    || disk.get().serve() != serve
                    || served.find(device.disk()).isEmpty()) {
                return CompletableFuture.completedFuture(StepState.NOT_BEGUN);
            }
            all = all.thenComposeAsync(
                    yes -> yes ? serving.isAsWanted(disk.get(), snapshot) : CompletableFuture.completedFuture(false),
                    lane);
        }
        return all.thenApplyAsync(yes -> yes ? StepState.DONE : StepState.HALF_WAY, lane);
    }

    @Override
    public CompletionStage<String> preview(ServeFor arguments, StepContext context) {
        List<String> disks = context.snapshot()
                .rows(SiteKinds.VM)
                .find(arguments.vm())
                .map(vm -> vm.hardware().disks().stream()
                        .map(device -> device.disk().value())
                        .toList())
                .orElse(List.of());
        return CompletableFuture.completedFuture(
                disks.isEmpty() ? "its disks would be served" : String.join(", ", disks) + " would be served");
    }
}
