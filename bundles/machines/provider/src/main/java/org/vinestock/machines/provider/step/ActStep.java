package org.vinestock.machines.provider.step;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.machines.HostReport;
import org.vinestock.machines.Hypervisor;
import org.vinestock.machines.Machine;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.PowerAction;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.provider.fleet.Fleet;
import org.vinestock.model.HostId;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.time.Lane;

/** Pauses, resumes or resets a VM that runs; what should be stays as it is. */
public final class ActStep implements StepHandler<ActStep.Arguments> {
    /** Its kind. */
    public static final String KIND = "machines.act";

    private final Fleet fleet;
    private final Lane lane;

    ActStep(Fleet fleet, Lane lane) {
        this.fleet = fleet;
        this.lane = lane;
    }

    /** Arguments: which VM, and what is done to it. */
    public record Arguments(VmId vm, PowerAction action) {}

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
        HostId host = VmRows.place(vm, context.snapshot());
        return found(host, vm)
                .thenComposeAsync(
                        found -> {
                            if (found.power() == PowerState.STOPPED) {
                                throw new VinestockException(
                                        MachineError.VM_OFF, vm + " is off; vm:start " + vm + " switches it on");
                            }
                            return act(host, vm, arguments.action(), context);
                        },
                        lane);
    }

    private CompletionStage<HostReport.Found> found(HostId host, VmId vm) {
        Hypervisor hypervisor = fleet.hypervisor(host);
        return hypervisor.report().thenApplyAsync(report -> found(report, vm), lane);
    }

    private static HostReport.Found found(HostReport report, VmId vm) {
        return report.machines().stream()
                .filter(each -> each.id().equals(vm))
                .findFirst()
                .orElseThrow(() -> new VinestockException(
                        MachineError.VM_NOT_THERE,
                        vm + " is not on " + report.host() + ", where it should be; vm:make " + vm + " makes it anew"));
    }

    private CompletionStage<?> act(HostId host, VmId vm, PowerAction action, StepContext context) {
        Machine machine = fleet.hypervisor(host)
                .find(vm)
                .orElseThrow(() -> new VinestockException(MachineError.VM_NOT_THERE, vm + " left " + host));
        return machine.power(action, context.lease(vm));
    }

    /** A VM that was off is still so; whether it stood still before nobody knows, so it goes on. */
    @Override
    public CompletionStage<?> undo(Arguments arguments, StepContext context) {
        HostId host = VmRows.place(arguments.vm(), context.snapshot());
        boolean there = fleet.hypervisor(host).find(arguments.vm()).isPresent();
        return there && arguments.action() == PowerAction.PAUSE
                ? act(host, arguments.vm(), PowerAction.RESUME, context)
                : CompletableFuture.completedFuture(null);
    }

    /** A reset leaves no trace: it is pressed once more. */
    @Override
    public CompletionStage<StepState> probe(Arguments arguments, StepContext context) {
        HostId host = VmRows.place(arguments.vm(), context.snapshot());
        return found(host, arguments.vm())
                .thenApplyAsync(
                        found -> (arguments.action() == PowerAction.PAUSE && found.power() == PowerState.PAUSED)
                                        || (arguments.action() == PowerAction.RESUME
                                                && found.power() == PowerState.RUNNING)
                                ? StepState.DONE
                                : StepState.NOT_BEGUN,
                        lane);
    }

    @Override
    public CompletionStage<String> preview(Arguments arguments, StepContext context) {
        String how = switch (arguments.action()) {
            case PAUSE -> " would stand still, and keep its memory";
            case RESUME -> " would go on";
            default -> " would be reset";
        };
        return CompletableFuture.completedFuture(arguments.vm() + how);
    }
}
