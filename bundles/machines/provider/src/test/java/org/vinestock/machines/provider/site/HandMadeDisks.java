package org.vinestock.machines.provider.site;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.area.Area;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskError;
import org.vinestock.disk.DiskSource;
import org.vinestock.disk.DiskSteps;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.Inventory;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.machines.hardware.VmDisk;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;

/** An area of disks made by hand: its images are names in a map, what it serves a set; its rows are real. */
public final class HandMadeDisks implements Area {
    /** What images are made of, by name. */
    public final TreeMap<String, DiskSource> images = new TreeMap<>();

    public final TreeSet<String> served = new TreeSet<>();
    /** Whether disks can be made. */
    public boolean makes = true;

    /** What was served anew, by task: one that is taken back takes back its own only. */
    private final TreeMap<String, TreeSet<String>> anew = new TreeMap<>();

    private Inventory inventory;

    @Override
    public String name() {
        return "hand-made-disks";
    }

    @Override
    public Parts build(Platform platform) {
        inventory = platform.inventory();
        return new Parts(
                List.of(),
                List.of(),
                List.of(new Make(), new Serve(), new Remove()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                () -> {});
    }

    boolean serves(HostId host, DiskId disk) {
        return served.contains(disk.value())
                && row(disk).filter(row -> row.host().equals(host)).isPresent();
    }

    public Optional<Disk> row(DiskId disk) {
        return inventory.head().rows(Disk.KIND).find(disk);
    }

    /** Makes a disk that nobody asked a task for. */
    public void add(String name, String host, int gib, String format) {
        DiskId id = new DiskId(name);
        images.put(name, new DiskSource.Empty(ByteCount.ofGib(gib)));
        commit(List.of(new Change.Put<>(
                Disk.KIND,
                id,
                new Disk(
                        id,
                        new HostId(host),
                        "/disks/" + name,
                        format,
                        ByteCount.ofGib(gib),
                        null,
                        null,
                        Disk.Serve.NO,
                        Labels.NONE))));
    }

    /** Takes a disk away that nobody asked a task for. */
    public void forget(String name) {
        images.remove(name);
        commit(List.of(new Change.Removed(Disk.KIND, new DiskId(name))));
    }

    /** Whether another VM has it. */
    private boolean isUsed(String disk, VmId but) {
        for (Vm vm : inventory.head().rows(SiteKinds.VM)) {
            if (!vm.id().equals(but)
                    && vm.hardware().disks().stream()
                            .anyMatch(each -> each.disk().value().equals(disk))) {
                return true;
            }
        }
        return false;
    }

    private CompletionStage<?> commit(List<Change> changes) {
        Commit commit = inventory
                .commit(new ChangeSet(inventory.head().ref().revision(), changes))
                .toCompletableFuture()
                .join();
        assertTrue(commit instanceof Commit.Done, commit.toString());
        return CompletableFuture.completedFuture(commit);
    }

    private abstract static class Step<S extends Record> implements StepHandler<S> {
        private final String kind;
        private final Class<S> type;

        Step(String kind, Class<S> type) {
            this.kind = kind;
            this.type = type;
        }

        @Override
        public String kind() {
            return kind;
        }

        @Override
        public Class<S> argumentsType() {
            return type;
        }

        @Override
        public CompletionStage<?> undo(S arguments, StepContext context) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<StepState> probe(S arguments, StepContext context) {
            return CompletableFuture.completedFuture(StepState.HALF_WAY);
        }

        @Override
        public CompletionStage<String> preview(S arguments, StepContext context) {
            return CompletableFuture.completedFuture(kind + " of " + arguments);
        }
    }

    private final class Make extends Step<DiskSteps.Make> {
        Make() {
            super(DiskSteps.MAKE, DiskSteps.Make.class);
        }

        @Override
        public CompletionStage<?> apply(DiskSteps.Make make, StepContext context) {
            context.lease(make.disk()); // the plan claims it
            if (!makes) {
                return CompletableFuture.failedFuture(
                        new VinestockException(DiskError.IMAGE_DIFFERS, make.disk() + " cannot be made"));
            }
            HostId host = make.host() != null
                    ? make.host()
                    : context.snapshot()
                            .rows(SiteKinds.VM)
                            .find(make.madeFor())
                            .map(Vm::host)
                            .orElseThrow();
            images.put(make.disk().value(), make.source());
            DiskId parent = make.source() instanceof DiskSource.Overlay overlay ? overlay.parent() : null;
            Disk row = new Disk(
                    make.disk(),
                    host,
                    "/disks/" + make.disk(),
                    make.format(),
                    ByteCount.ofGib(1),
                    parent,
                    make.madeFor(),
                    Disk.Serve.NO,
                    Labels.NONE);
            return commit(List.of(new Change.Put<>(Disk.KIND, row.id(), row)));
        }

        @Override
        public CompletionStage<?> undo(DiskSteps.Make make, StepContext context) {
            images.remove(make.disk().value());
            return row(make.disk()).isPresent()
                    ? commit(List.of(new Change.Removed(Disk.KIND, make.disk())))
                    : CompletableFuture.completedFuture(null);
        }
    }

    private final class Serve extends Step<DiskSteps.ServeFor> {
        Serve() {
            super(DiskSteps.SERVE, DiskSteps.ServeFor.class);
        }

        @Override
        public CompletionStage<?> apply(DiskSteps.ServeFor serve, StepContext context) {
            Vm vm = context.snapshot().rows(SiteKinds.VM).find(serve.vm()).orElseThrow();
            for (VmDisk disk : vm.hardware().disks()) {
                Disk row = row(disk.disk())
                        .orElseThrow(() -> new VinestockException(DiskError.IMAGE_DIFFERS, disk.disk() + " is gone"));
                if (!row.host().equals(vm.host())) {
                    throw new VinestockException(
                            DiskError.DISK_ELSEWHERE,
                            row.id() + " is on " + row.host() + ", " + vm.id() + " on " + vm.host());
                }
                if (served.add(row.id().value())) {
                    anew.computeIfAbsent(context.lease(vm.id()).holder(), any -> new TreeSet<>())
                            .add(row.id().value());
                }
            }
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> undo(DiskSteps.ServeFor serve, StepContext context) {
            TreeSet<String> again = anew.remove(context.lease(serve.vm()).holder());
            if (again != null) {
                again.stream().filter(disk -> !isUsed(disk, serve.vm())).forEach(served::remove);
            }
            return CompletableFuture.completedFuture(null);
        }
    }

    private final class Remove extends Step<DiskSteps.Remove> {
        Remove() {
            super(DiskSteps.REMOVE, DiskSteps.Remove.class);
        }

        @Override
        public CompletionStage<?> apply(DiskSteps.Remove remove, StepContext context) {
            List<Change> changes = new ArrayList<>();
            for (DiskId id : remove.disks()) {
                Optional<Disk> row = row(id);
                boolean its = row.isPresent() && remove.vm().equals(row.get().madeFor());
                if (!isUsed(id.value(), remove.vm())) {
                    served.remove(id.value());
                }
                if (its) {
                    context.lease(id);
                }
                if (its && remove.keep()) {
                    Disk nobodys = new Disk(
                            id,
                            row.get().host(),
                            row.get().file(),
                            row.get().format(),
                            row.get().size(),
                            row.get().parent(),
                            null,
                            Disk.Serve.NO,
                            Labels.NONE);
                    changes.add(new Change.Put<>(Disk.KIND, id, nobodys));
                } else if (its) {
                    images.remove(id.value());
                    changes.add(new Change.Removed(Disk.KIND, id));
                }
            }
            return changes.isEmpty() ? CompletableFuture.completedFuture(null) : commit(changes);
        }
    }
}
