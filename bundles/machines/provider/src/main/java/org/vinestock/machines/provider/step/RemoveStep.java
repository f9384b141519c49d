package org.vinestock.machines.provider.step;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.provider.fleet.Fleet;
import org.vinestock.machines.provider.fleet.Leftover;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.HostId;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.time.Lane;

/**
 * Removes a VM from its hosts, then its rows. A host that does not answer is noted: what it has of the VM is removed once it
 * does. What is gone from a host cannot be taken back: then it is removed to the end.
 */
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
        VmId vm = arguments.vm();
        CompletionStage<List<HostId>> silent = CompletableFuture.completedFuture(List.of());
        for (HostId host : arguments.hosts()) {
            silent = silent.thenComposeAsync(before -> removeFrom(host, vm, before, context), lane);
        }
        return silent.thenComposeAsync(hosts -> rows.commit(gone(vm, hosts, context.snapshot())), lane)
                .whenCompleteAsync(
                        (revision, thrown) -> arguments.hosts().forEach(host -> fleet.forget(host, vm)), lane);
    }

    private static Change[] gone(VmId vm, List<HostId> silent, Snapshot snapshot) {
        Change wanted = new Change.Removed(SiteKinds.VM, vm);
        Change seen = new Change.Removed(SiteKinds.VM_OBSERVED, vm);
        return silent.isEmpty()
                ? new Change[] {wanted, seen}
                : new Change[] {wanted, seen, Leftover.changed(vm, silent, List.of(), snapshot)};
    }

    /** Returns the hosts that do not answer: those before, and this one if it does not. */
    private CompletionStage<List<HostId>> removeFrom(HostId host, VmId vm, List<HostId> before, StepContext context) {
        return fleet.remove(vm, host, context.lease(vm))
                .handleAsync(
                        (done, thrown) -> {
                            if (thrown == null) {
                                return CompletableFuture.completedFuture(before);
                            } else if (!Causes.isUnreachable(thrown)) {
                                return CompletableFuture.<List<HostId>>failedFuture(thrown);
                            }
                            List<HostId> withThis = new ArrayList<>(before);
                            withThis.add(host);
                            return CompletableFuture.completedFuture(withThis);
                        },
                        lane)
                .thenComposeAsync(hosts -> hosts, lane);
    }

    @Override
    public CompletionStage<?> undo(Arguments arguments, StepContext context) {
        if (!isThere(arguments.vm(), context.snapshot())) {
            return CompletableFuture.completedFuture(null);
        }
        boolean allThere = arguments.hosts().stream()
                .allMatch(host -> fleet.hypervisor(host).find(arguments.vm()).isPresent());
        if (allThere) {
            return CompletableFuture.completedFuture(null);
        }
        VinestockException tooLate = new VinestockException(
                MachineError.VM_NOT_THERE,
                arguments.vm() + " is gone from its host and cannot be brought back, so it is deleted");
        return rows.commit(gone(arguments.vm(), arguments.hosts(), context.snapshot()))
                .whenCompleteAsync(
                        (revision, thrown) -> arguments.hosts().forEach(host -> fleet.forget(host, arguments.vm())),
                        lane)
                .thenComposeAsync(revision -> CompletableFuture.failedFuture(tooLate), lane);
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
