package org.vinestock.machines.provider.step;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.machines.Machine;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.MachineOperations.OneCopy;
import org.vinestock.machines.provider.fleet.Fleet;
import org.vinestock.model.HostId;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;

/** Removes a VM from a host where it should not be; looks once more that it should be elsewhere. */
public final class RemoveCopyStep implements StepHandler<OneCopy> {
    /** Its kind. */
    public static final String KIND = "machines.remove-copy";

    private final Fleet fleet;

    RemoveCopyStep(Fleet fleet) {
        this.fleet = fleet;
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
        HostId place = VmRows.place(arguments.id(), context.snapshot());
        if (place.equals(arguments.host())) {
            throw new VinestockException(
                    MachineError.CHANGED_MEANWHILE, arguments.id() + " should be on " + place + " now; it stays");
        }
        Optional<Machine> copy = fleet.hypervisor(arguments.host()).find(arguments.id());
        return copy.isPresent()
                ? copy.get().delete(context.lease(arguments.id()))
                : CompletableFuture.completedFuture(null);
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
                + " would be removed; it stays on " + VmRows.place(arguments.id(), context.snapshot()));
    }
}
