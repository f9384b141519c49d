package org.vinestock.machines.provider.step;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.inventory.Change;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.VmId;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;

/** Writes whether a VM should run. */
public final class WantStep implements StepHandler<WantStep.Arguments> {
    /** Its kind. */
    public static final String KIND = "machines.want";

    private final SiteRows rows;

    WantStep(SiteRows rows) {
        this.rows = rows;
    }

    /** Arguments: which VM, how it was to be, and how it is to be from now on. */
    public record Arguments(VmId vm, PowerState from, PowerState to) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Class<Arguments> argumentsType() {
        return Arguments.class;
    }

    @Override
    public boolean onlyCommits() {
        return true;
    }

    @Override
    public CompletionStage<?> apply(Arguments arguments, StepContext context) {
        return want(VmRows.wanted(arguments.vm(), context.snapshot()), arguments.to());
    }

    @Override
    public CompletionStage<?> undo(Arguments arguments, StepContext context) {
        return want(VmRows.wanted(arguments.vm(), context.snapshot()), arguments.from());
    }

    private CompletionStage<?> want(Vm vm, PowerState power) {
        if (vm.power() == power) {
            return CompletableFuture.completedFuture(null);
        }
        return rows.commit(new Change.Put<>(SiteKinds.VM, vm.id(), vm.with(power)));
    }

    @Override
    public CompletionStage<StepState> probe(Arguments arguments, StepContext context) {
        Vm vm = VmRows.wanted(arguments.vm(), context.snapshot());
        return CompletableFuture.completedFuture(vm.power() == arguments.to() ? StepState.DONE : StepState.NOT_BEGUN);
    }

    @Override
    public CompletionStage<String> preview(Arguments arguments, StepContext context) {
        return CompletableFuture.completedFuture(
                arguments.vm() + " should be " + arguments.to() + " from now on, was " + arguments.from());
    }
}
