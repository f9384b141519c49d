package org.vinestock.machines.provider.device;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.capability.HotPlug;
import org.vinestock.machines.hardware.VmDisk;
import org.vinestock.machines.hardware.VmNic;
import org.vinestock.machines.provider.fleet.Fleet;
import org.vinestock.machines.provider.step.VmRows;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;

/** Plugs a device into a VM on its host, or out of it. */
final class PlugStep implements StepHandler<PlugStep.Arguments> {
    static final String KIND = "machines.plug";

    private final Fleet fleet;

    PlugStep(Fleet fleet) {
        this.fleet = fleet;
    }

    /**
     * Arguments: one device.
     *
     * @param in whether it is plugged in; else out
     */
    record Arguments(
            VmId vm, @Nullable VmDisk disk, @Nullable VmNic nic, boolean in) {
        static Arguments of(VmId vm, VmDisk disk, boolean in) {
            return new Arguments(vm, disk, null, in);
        }

        static Arguments of(VmId vm, VmNic nic, boolean in) {
            return new Arguments(vm, null, nic, in);
        }

        String device() {
            return disk != null ? disk.device() : nic != null ? nic.device() : "";
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
        return plug(arguments, arguments.in(), context);
    }

    /** What was not there, or cannot be plugged, was not plugged in. */
    @Override
    public CompletionStage<?> undo(Arguments arguments, StepContext context) {
        try {
            return plug(arguments, !arguments.in(), context);
        } catch (VinestockException e) {
            if (e.code() == MachineError.NOT_OFFERED || e.code() == MachineError.VM_NOT_THERE) {
                return CompletableFuture.completedFuture(null);
            }
            throw e;
        }
    }

    private CompletionStage<?> plug(Arguments arguments, boolean in, StepContext context) {
        VmId vm = arguments.vm();
        HotPlug plug = fleet.capability(vm, VmRows.place(vm, context.snapshot()), HotPlug.class);
        VmDisk disk = arguments.disk();
        VmNic nic = arguments.nic();
        if (in && disk != null) {
            return plug.plug(disk, context.lease(vm));
        } else if (in && nic != null) {
            return plug.plug(nic, context.lease(vm));
        }
        return plug.unplug(arguments.device(), context.lease(vm));
    }

    /** Nobody can be asked; doing it again changes nothing. */
    @Override
    public CompletionStage<StepState> probe(Arguments arguments, StepContext context) {
        return CompletableFuture.completedFuture(StepState.HALF_WAY);
    }

    @Override
    public CompletionStage<String> preview(Arguments arguments, StepContext context) {
        VmId vm = arguments.vm();
        fleet.capability(vm, VmRows.place(vm, context.snapshot()), HotPlug.class);
        return CompletableFuture.completedFuture(
                arguments.device() + " would be plugged " + (arguments.in() ? "into " : "out of ") + vm);
    }
}
