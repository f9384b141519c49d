package org.vinestock.machines.provider.device;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.inventory.Change;
import org.vinestock.machines.hardware.Hardware;
import org.vinestock.machines.provider.step.SiteRows;
import org.vinestock.machines.provider.step.VmRows;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.VmId;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;

/** Writes what a VM is built of. */
final class HardwareStep implements StepHandler<HardwareStep.Arguments> {
    static final String KIND = "machines.hardware";

    private final SiteRows rows;

    HardwareStep(SiteRows rows) {
        this.rows = rows;
    }

    /** Arguments: which VM, what it was built of, and what it is to be built of. */
    record Arguments(VmId vm, Hardware from, Hardware to) {}

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
        return set(VmRows.wanted(arguments.vm(), context.snapshot()), arguments.to());
    }

    @Override
    public CompletionStage<?> undo(Arguments arguments, StepContext context) {
        return set(VmRows.wanted(arguments.vm(), context.snapshot()), arguments.from());
    }

    private CompletionStage<?> set(Vm vm, Hardware hardware) {
        return vm.hardware().equals(hardware)
                ? CompletableFuture.completedFuture(null)
                : rows.commit(new Change.Put<>(SiteKinds.VM, vm.id(), vm.with(hardware)));
    }

    @Override
    public CompletionStage<StepState> probe(Arguments arguments, StepContext context) {
        Hardware now = VmRows.wanted(arguments.vm(), context.snapshot()).hardware();
        return CompletableFuture.completedFuture(now.equals(arguments.to()) ? StepState.DONE : StepState.NOT_BEGUN);
    }

    @Override
    public CompletionStage<String> preview(Arguments arguments, StepContext context) {
        int disks = arguments.to().disks().size();
        int nics = arguments.to().nics().size();
        return CompletableFuture.completedFuture(arguments.vm() + " would have " + disks
                + (disks == 1 ? " disk and " : " disks and ") + nics
                + (nics == 1 ? " network device" : " network devices"));
    }
}
