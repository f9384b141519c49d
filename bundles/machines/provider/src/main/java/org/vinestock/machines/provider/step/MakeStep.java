package org.vinestock.machines.provider.step;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.machines.provider.fleet.Fleet;
import org.vinestock.machines.provider.fleet.Leftover;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.VmId;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.time.Lane;

/** Makes a VM on the host where it is placed, powered off. */
public final class MakeStep implements StepHandler<OnVm> {
    /** Its kind. */
    public static final String KIND = "machines.make";

    private final Fleet fleet;
    private final SiteRows rows;
    private final Outcomes outcomes;
    private final Lane lane;

    MakeStep(Fleet fleet, SiteRows rows, Outcomes outcomes, Lane lane) {
        this.fleet = fleet;
        this.rows = rows;
        this.outcomes = outcomes;
        this.lane = lane;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Class<OnVm> argumentsType() {
        return OnVm.class;
    }

    @Override
    public CompletionStage<?> apply(OnVm arguments, StepContext context) {
        Vm vm = VmRows.wanted(arguments.vm(), context.snapshot());
        HostId host = VmRows.place(vm);
        return fleet.hypervisor(host)
                .create(vm.spec(), context.lease(vm.id()))
                .whenCompleteAsync(
                        (machine, thrown) -> {
                            if (thrown != null) {
                                outcomes.failed(vm.id(), thrown);
                            }
                        },
                        lane);
    }

    /** Removes the VM from the host; if the host does not answer, notes that something of it may be left there. */
    @Override
    public CompletionStage<?> undo(OnVm arguments, StepContext context) {
        VmId vm = arguments.vm();
        HostId host = VmRows.place(vm, context.snapshot());
        return fleet.remove(vm, host, context.lease(vm))
                .handleAsync(
                        (done, thrown) -> thrown == null
                                ? CompletableFuture.completedFuture(0L)
                                : rows.commit(Leftover.noted(vm, host, context.snapshot())),
                        lane)
                .thenComposeAsync(noted -> noted, lane)
                .whenCompleteAsync((noted, thrown) -> fleet.forget(host, vm), lane);
    }

    @Override
    public CompletionStage<StepState> probe(OnVm arguments, StepContext context) {
        HostId host = VmRows.place(arguments.vm(), context.snapshot());
        boolean there = fleet.hypervisor(host).find(arguments.vm()).isPresent();
        return CompletableFuture.completedFuture(there ? StepState.DONE : StepState.NOT_BEGUN);
    }

    @Override
    public CompletionStage<String> preview(OnVm arguments, StepContext context) {
        return CompletableFuture.completedFuture(arguments.vm() + " would be made there, powered off");
    }
}
