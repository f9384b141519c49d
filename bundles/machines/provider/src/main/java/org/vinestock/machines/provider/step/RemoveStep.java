package org.vinestock.machines.provider.step;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.Machine;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.provider.fleet.Fleet;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.HostId;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.time.Lane;

/** Removes a VM from its hosts, then its rows. What is gone from a host cannot be taken back. */
public final class RemoveStep implements StepHandler<RemoveStep.Arguments> {
    /** Its kind. */
    public static final String KIND = "machines.remove";

    private final Fleet fleet;
    private final SiteRows rows;
    private final Lane lane;

    RemoveStep(Fleet fleet, SiteRows rows, Lane lane) {
        this.fleet = fleet;
        this.rows = rows;
        this.lane = lane;
    }

    /**
     * Arguments.
     *
     * @param hosts where it should be and where it is: none, one or two
     */
    public record Arguments(VmId vm, List<HostId> hosts) {
        /** Copies the list. */
        public Arguments {
            hosts = List.copyOf(hosts);
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Class<Arguments> argumentsType() {
        return Arguments.class;
    }

    @Override
    public CompletionStage<?> apply(Arguments arguments, StepContext context) {
        CompletionStage<?> removed = CompletableFuture.completedFuture(null);
        for (HostId host : arguments.hosts()) {
            removed = removed.thenComposeAsync(before -> removeFrom(host, arguments.vm(), context), lane);
        }
        return removed.thenComposeAsync(
                        before -> rows.commit(
                                new Change.Removed(SiteKinds.VM, arguments.vm()),
                                new Change.Removed(SiteKinds.VM_OBSERVED, arguments.vm())),
                        lane)
                .whenCompleteAsync(
                        (revision, thrown) -> arguments.hosts().forEach(host -> fleet.forget(host, arguments.vm())),
                        lane);
    }

    private CompletionStage<?> removeFrom(HostId host, VmId vm, StepContext context) {
        Optional<Machine> machine = fleet.hypervisor(host).find(vm);
        return machine.isPresent() ? machine.get().delete(context.lease(vm)) : CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> undo(Arguments arguments, StepContext context) {
        if (!isThere(arguments.vm(), context.snapshot())) {
            return CompletableFuture.completedFuture(null);
        }
        for (HostId host : arguments.hosts()) {
            if (fleet.hypervisor(host).find(arguments.vm()).isEmpty()) {
                return CompletableFuture.failedFuture(new VinestockException(
                        MachineError.VM_NOT_THERE,
                        arguments.vm() + " is gone from " + host + " and cannot be brought back; delete it again"));
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<StepState> probe(Arguments arguments, StepContext context) {
        return CompletableFuture.completedFuture(
                isThere(arguments.vm(), context.snapshot()) ? StepState.HALF_WAY : StepState.DONE);
    }

    @Override
    public CompletionStage<String> preview(Arguments arguments, StepContext context) {
        String from = arguments.hosts().isEmpty()
                ? ""
                : " from "
                        + String.join(
                                " and ",
                                arguments.hosts().stream().map(HostId::value).toList());
        return CompletableFuture.completedFuture(arguments.vm() + " would be stopped and removed" + from);
    }

    private static boolean isThere(VmId vm, Snapshot snapshot) {
        return snapshot.rows(SiteKinds.VM).find(vm).isPresent()
                || snapshot.rows(SiteKinds.VM_OBSERVED).find(vm).isPresent();
    }
}
