package org.vinestock.machines.provider.step;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.MachineOperations.OneCopy;
import org.vinestock.machines.provider.fleet.Fleet;
import org.vinestock.machines.provider.fleet.Leftover;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.time.Lane;

/** Removes a VM from a host where it should not be; looks once more that it should not. */
public final class RemoveCopyStep implements StepHandler<OneCopy> {
    /** Its kind. */
    public static final String KIND = "machines.remove-copy";

    private final Fleet fleet;
    private final SiteRows rows;
    private final Lane lane;

    RemoveCopyStep(Fleet fleet, SiteRows rows, Lane lane) {
        this.fleet = fleet;
        this.rows = rows;
        this.lane = lane;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Class<OneCopy> argumentsType() {
        return OneCopy.class;
    }

    @Override
    public CompletionStage<?> apply(OneCopy arguments, StepContext context) {
        VmId vm = arguments.id();
        if (arguments.host().equals(place(arguments, context))) {
            throw new VinestockException(
                    MachineError.CHANGED_MEANWHILE, vm + " should be on " + arguments.host() + " now; it stays");
        }
        return fleet.remove(vm, arguments.host(), context.lease(vm))
                .thenComposeAsync(
                        done -> Leftover.isOn(arguments.host(), vm, context.snapshot())
                                ? rows.commit(Leftover.forgotten(vm, arguments.host(), context.snapshot()))
                                : CompletableFuture.completedFuture(0L),
                        lane);
    }

    private static @Nullable HostId place(OneCopy arguments, StepContext context) {
        return context.snapshot()
                .rows(SiteKinds.VM)
                .find(arguments.id())
                .map(Vm::host)
                .orElse(null);
    }

    /** Nothing: the VM itself is elsewhere. */
    @Override
    public CompletionStage<?> undo(OneCopy arguments, StepContext context) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<StepState> probe(OneCopy arguments, StepContext context) {
        boolean there = fleet.hypervisor(arguments.host()).find(arguments.id()).isPresent();
        return CompletableFuture.completedFuture(there ? StepState.NOT_BEGUN : StepState.DONE);
    }

    @Override
    public CompletionStage<String> preview(OneCopy arguments, StepContext context) {
        return CompletableFuture.completedFuture("what is left of " + arguments.id() + " on " + arguments.host()
                + " would be removed; it should be on " + place(arguments, context));
    }
}
