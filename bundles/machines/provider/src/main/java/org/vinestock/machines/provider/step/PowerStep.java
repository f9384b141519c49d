package org.vinestock.machines.provider.step;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.HostReport;
import org.vinestock.machines.Machine;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.PowerAction;
import org.vinestock.machines.PowerState;
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
 * Switches a VM on or off on its host. Before it is switched on, what is left of it on hosts that answer again is removed:
 * the task that placed it elsewhere may have waited so long that it runs there still.
 */
public final class PowerStep implements StepHandler<PowerStep.Arguments> {
    /** Its kind. */
    public static final String KIND = "machines.power";

    private final Fleet fleet;
    private final SiteRows rows;
    private final Outcomes outcomes;
    private final Lane lane;

    PowerStep(Fleet fleet, SiteRows rows, Outcomes outcomes, Lane lane) {
        this.fleet = fleet;
        this.rows = rows;
        this.outcomes = outcomes;
        this.lane = lane;
    }

    /**
     * Arguments.
     *
     * @param to how it is to be
     * @param from how it should have been before, to be so again if this is taken back; null = the opposite
     * @param now whether it is switched off at once; else its guest is asked
     */
    public record Arguments(
            VmId vm, PowerState to, @Nullable PowerState from, boolean now) {
        /** As all were before guests could be asked. */
        public Arguments(VmId vm, PowerState to, @Nullable PowerState from) {
            this(vm, to, from, true);
        }

        /** For one that was not so. */
        public Arguments(VmId vm, PowerState to) {
            this(vm, to, null);
        }

        PowerState before() {
            PowerState opposite = to == PowerState.RUNNING ? PowerState.STOPPED : PowerState.RUNNING;
            return from == null ? opposite : from;
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
        List<HostId> left = arguments.to() == PowerState.RUNNING ? leftOn(arguments.vm(), context) : List.of();
        return left.isEmpty()
                ? switched(arguments, context)
                : removeFrom(left, arguments.vm(), context).thenComposeAsync(any -> switched(arguments, context), lane);
    }

    private CompletionStage<?> switched(Arguments arguments, StepContext context) {
        return power(arguments.vm(), arguments.to(), arguments.now(), context)
                .whenCompleteAsync(
                        (done, thrown) -> {
                            if (thrown != null) {
                                outcomes.failed(arguments.vm(), thrown);
                            } else if (arguments.to() == PowerState.RUNNING) {
                                outcomes.running(arguments.vm());
                            }
                        },
                        lane);
    }

    /** Of hosts that are down, or that nobody runs now, nobody knows whether it runs there: that does not hold it up. */
    private List<HostId> leftOn(VmId vm, StepContext context) {
        return Leftover.of(vm, context.snapshot()).stream()
                .filter(fleet::answers)
                .toList();
    }

    private CompletionStage<?> removeFrom(List<HostId> hosts, VmId vm, StepContext context) {
        CompletionStage<?> removed = CompletableFuture.completedFuture(null);
        for (HostId host : hosts) {
            removed = removed.thenComposeAsync(any -> fleet.remove(vm, host, context.lease(vm)), lane)
                    .thenComposeAsync(any -> rows.commit(Leftover.forgotten(vm, host, context.snapshot())), lane);
        }
        return removed;
    }

    private CompletionStage<?> power(VmId vm, PowerState to, boolean now, StepContext context) {
        HostId host = VmRows.place(vm, context.snapshot());
        Machine machine = fleet.hypervisor(host)
                .find(vm)
                .orElseThrow(() -> new VinestockException(
                        MachineError.VM_NOT_THERE,
                        vm + " is not on " + host + ", where it should be; vm:delete " + vm
                                + ", or make it anew with vm:make " + vm));
        return machine.power(action(vm, to, now, context.snapshot()), context.lease(vm));
    }

    private static PowerAction action(VmId vm, PowerState to, boolean now, Snapshot snapshot) {
        if (to != PowerState.RUNNING) {
            return now ? PowerAction.STOP : PowerAction.SHUT_DOWN;
        }
        boolean paused = snapshot.rows(SiteKinds.VM_OBSERVED)
                .find(vm)
                .filter(seen -> seen.power() == PowerState.PAUSED)
                .isPresent();
        return paused ? PowerAction.RESUME : PowerAction.START;
    }

    @Override
    public CompletionStage<?> undo(Arguments arguments, StepContext context) {
        HostId host = VmRows.place(arguments.vm(), context.snapshot());
        PowerState back = arguments.before();
        if (back == arguments.to()
                || fleet.hypervisor(host).find(arguments.vm()).isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return power(arguments.vm(), back, true, context);
    }

    @Override
    public CompletionStage<StepState> probe(Arguments arguments, StepContext context) {
        HostId host = VmRows.place(arguments.vm(), context.snapshot());
        return fleet.hypervisor(host).report().thenApplyAsync(report -> state(report, arguments), lane);
    }

    private static StepState state(HostReport report, Arguments arguments) {
        for (HostReport.Found found : report.machines()) {
            if (found.id().equals(arguments.vm())) {
                return found.power() == arguments.to() ? StepState.DONE : StepState.NOT_BEGUN;
            }
        }
        return StepState.NOT_BEGUN;
    }

    @Override
    public CompletionStage<String> preview(Arguments arguments, StepContext context) {
        String off = arguments.now()
                ? " would be switched off"
                : " would be asked to shut down, and switched off if need be";
        String how = arguments.to() == PowerState.RUNNING ? " would be switched on" : off;
        return CompletableFuture.completedFuture(arguments.vm() + how);
    }
}
