package org.vinestock.disk.provider.site;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Area;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;
import org.vinestock.disk.DiskSteps;
import org.vinestock.disk.provider.row.DiskRows;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.machines.hardware.Hardware;
import org.vinestock.machines.hardware.VmDisk;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.ObjectId;
import org.vinestock.model.VmId;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Role;
import org.vinestock.operation.Step;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;

/** VMs that are rows and nothing else, planned with disks as VMs are. */
public final class VmArea implements Area {
    public static final OperationType<BuildVm, Built> BUILD =
            new OperationType<>("try.build", BuildVm.class, Built.class, Role.OPERATOR, "Make a VM with disks");
    public static final OperationType<DestroyVm, Built> DESTROY = new OperationType<>(
            "try.destroy", DestroyVm.class, Built.class, Role.OPERATOR, "Remove a VM with its disks");

    /**
     * Makes disks, or takes those that are there, and plugs them in.
     *
     * @param fails whether the last step fails
     */
    public record BuildVm(VmId id, HostId host, List<DiskSteps.Make> made, List<VmDisk> devices, boolean fails) {}

    public record DestroyVm(VmId id, boolean keep) {}

    public record Built(VmId id) {}

    /** A VM's row as it was and as it is to be. */
    public record Row(
            VmId id, @Nullable Vm before, @Nullable Vm after) {}

    public record Fails(String why) {}

    @Override
    public String name() {
        return "try";
    }

    @Override
    public Parts build(Platform platform) {
        DiskRows rows = new DiskRows(platform.inventory(), platform.scheduler().lane("try"));
        return new Parts(
                List.of(new Build(), new Destroy()),
                List.of(),
                List.of(new RowStep(rows), new FailingStep()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                () -> {});
    }

    private static Vm vm(VmId id, HostId host, Hardware hardware) {
        return new Vm(id, 1_000, ByteCount.ofGib(1), Labels.NONE, PowerState.STOPPED, host, hardware);
    }

    private static Step row(VmId id, @Nullable Vm before, @Nullable Vm after) {
        return new Step("write " + id, "try.row", new Row(id, before, after));
    }

    private static final class Build implements Operation<BuildVm, Built> {
        @Override
        public OperationType<BuildVm, Built> type() {
            return BUILD;
        }

        @Override
        public Plan plan(BuildVm parameters, Planning planning) {
            VmId id = parameters.id();
            List<ObjectId> claims = new ArrayList<>(List.of(id));
            List<Step> steps = new ArrayList<>();
            Vm bare = planning.snapshot().rows(SiteKinds.VM).find(id).orElse(vm(id, parameters.host(), Hardware.NONE));
            boolean isNew = planning.snapshot().rows(SiteKinds.VM).find(id).isEmpty();
            if (isNew) {
                steps.add(row(id, null, bare));
            }
            for (DiskSteps.Make make : parameters.made()) {
                claims.add(make.disk());
                steps.add(DiskSteps.make(make));
            }
            Hardware hardware = bare.hardware();
            for (VmDisk device : parameters.devices()) {
                if (!claims.contains(device.disk())) {
                    claims.add(device.disk());
                }
                hardware = hardware.with(device);
            }
            steps.add(row(id, bare, bare.with(hardware)));
            steps.add(DiskSteps.serve(id));
            if (parameters.fails()) {
                steps.add(new Step("fail", "try.fail", new Fails("it was to fail")));
            }
            return new Plan(claims, steps);
        }

        @Override
        public Built result(BuildVm parameters, Plan plan, Snapshot after) {
            return new Built(parameters.id());
        }
    }

    private static final class Destroy implements Operation<DestroyVm, Built> {
        @Override
        public OperationType<DestroyVm, Built> type() {
            return DESTROY;
        }

        @Override
        public Plan plan(DestroyVm parameters, Planning planning) {
            VmId id = parameters.id();
            Vm vm = planning.snapshot()
                    .rows(SiteKinds.VM)
                    .find(id)
                    .orElseThrow(() -> new IllegalArgumentException("there is no VM " + id));
            List<DiskId> disks =
                    vm.hardware().disks().stream().map(VmDisk::disk).toList();
            List<ObjectId> claims = new ArrayList<>(List.of(id));
            claims.addAll(disks);
            return new Plan(claims, List.of(row(id, vm, null), DiskSteps.remove(id, disks, parameters.keep())));
        }

        @Override
        public Built result(DestroyVm parameters, Plan plan, Snapshot after) {
            return new Built(parameters.id());
        }
    }

    private record RowStep(DiskRows rows) implements StepHandler<Row> {
        @Override
        public String kind() {
            return "try.row";
        }

        @Override
        public Class<Row> argumentsType() {
            return Row.class;
        }

        @Override
        public CompletionStage<?> apply(Row row, StepContext context) {
            return write(row.id(), row.after());
        }

        @Override
        public CompletionStage<?> undo(Row row, StepContext context) {
            return row.after() == null
                    ? CompletableFuture.failedFuture(new IllegalArgumentException(row.id() + " is gone"))
                    : write(row.id(), row.before());
        }

        private CompletionStage<?> write(VmId id, @Nullable Vm row) {
            return rows.commit(snapshot -> List.of(
                    row == null ? new Change.Removed(SiteKinds.VM, id) : new Change.Put<>(SiteKinds.VM, id, row)));
        }

        @Override
        public CompletionStage<StepState> probe(Row row, StepContext context) {
            @Nullable
            Vm now = context.snapshot().rows(SiteKinds.VM).find(row.id()).orElse(null);
            boolean done = now == null ? row.after() == null : now.equals(row.after());
            return CompletableFuture.completedFuture(done ? StepState.DONE : StepState.NOT_BEGUN);
        }

        @Override
        public CompletionStage<String> preview(Row row, StepContext context) {
            return CompletableFuture.completedFuture("its row would be written");
        }
    }

    private static final class FailingStep implements StepHandler<Fails> {
        @Override
        public String kind() {
            return "try.fail";
        }

        @Override
        public Class<Fails> argumentsType() {
            return Fails.class;
        }

        @Override
        public CompletionStage<?> apply(Fails arguments, StepContext context) {
            return CompletableFuture.failedFuture(new IllegalArgumentException(arguments.why()));
        }

        @Override
        public CompletionStage<?> undo(Fails arguments, StepContext context) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<StepState> probe(Fails arguments, StepContext context) {
            return CompletableFuture.completedFuture(StepState.NOT_BEGUN);
        }

        @Override
        public CompletionStage<String> preview(Fails arguments, StepContext context) {
            return CompletableFuture.completedFuture("it would fail");
        }
    }
}
