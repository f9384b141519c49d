package org.vinestock.machines.provider.device;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.machines.DeviceOperations.Inflate;
import org.vinestock.machines.capability.Balloon;
import org.vinestock.machines.provider.fleet.Fleet;
import org.vinestock.machines.provider.step.VmRows;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;

/** Asks a guest to make do with so much memory. */
final class BalloonStep implements StepHandler<Inflate> {
    static final String KIND = "machines.balloon";

    private final Fleet fleet;

    BalloonStep(Fleet fleet) {
        this.fleet = fleet;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Class<Inflate> argumentsType() {
        return Inflate.class;
    }

    @Override
    public CompletionStage<?> apply(Inflate arguments, StepContext context) {
        return balloon(arguments, context).target(arguments.size(), context.lease(arguments.id()));
    }

    private Balloon balloon(Inflate arguments, StepContext context) {
        return fleet.capability(arguments.id(), VmRows.place(arguments.id(), context.snapshot()), Balloon.class);
    }

    /** What was asked for before nobody knows; it was only a wish. */
    @Override
    public CompletionStage<?> undo(Inflate arguments, StepContext context) {
        return CompletableFuture.completedFuture(null);
    }

    /** A guest that was asked need not have heeded yet: it is asked again. */
    @Override
    public CompletionStage<StepState> probe(Inflate arguments, StepContext context) {
        return CompletableFuture.completedFuture(StepState.HALF_WAY);
    }

    @Override
    public CompletionStage<String> preview(Inflate arguments, StepContext context) {
        balloon(arguments, context);
        return CompletableFuture.completedFuture(
                arguments.id() + " would be asked to make do with " + arguments.size());
    }
}
