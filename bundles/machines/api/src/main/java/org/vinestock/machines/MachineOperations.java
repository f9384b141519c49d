package org.vinestock.machines;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.operation.Input;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Role;

/** The operations on VMs and hosts, and their parameters and results. */
public final class MachineOperations {
    /** Places a VM, makes it and starts it. */
    public static final OperationType<CreateVm, VmCreated> CREATE_VM = new OperationType<>(
            "vm.create", CreateVm.class, VmCreated.class, Role.OPERATOR, "Place a new VM on a host and start it");

    /** Stops a VM and removes it. */
    public static final OperationType<OneVm, VmChanged> DELETE_VM =
            new OperationType<>("vm.delete", OneVm.class, VmChanged.class, Role.OPERATOR, "Stop a VM and remove it");

    /** Starts a VM on its host. */
    public static final OperationType<OneVm, VmChanged> START_VM =
            new OperationType<>("vm.start", OneVm.class, VmChanged.class, Role.OPERATOR, "Start a VM on its host");

    /** Stops a VM; it keeps its place. */
    public static final OperationType<OneVm, VmChanged> STOP_VM = new OperationType<>(
            "vm.stop", OneVm.class, VmChanged.class, Role.OPERATOR, "Stop a VM; its place on the host stays reserved");

    /** Sets or ends maintenance of a host. */
    public static final OperationType<HostMaintenance, HostChanged> HOST_MAINTENANCE = new OperationType<>(
            "host.maintenance",
            HostMaintenance.class,
            HostChanged.class,
            Role.OPERATOR,
            "Keep new VMs away from a host, or let them come again");

    /** Places a VM whose host is down elsewhere and starts it there. */
    public static final OperationType<OneVm, VmChanged> RECOVER_VM = new OperationType<>(
            "vm.recover",
            OneVm.class,
            VmChanged.class,
            Role.OPERATOR,
            "Place a VM whose host is down elsewhere and start it there");

    /** Makes a VM on the host where it should be and is not. */
    public static final OperationType<OneVm, VmChanged> MAKE_VM = new OperationType<>(
            "vm.make",
            OneVm.class,
            VmChanged.class,
            Role.OPERATOR,
            "Make a VM, empty, on the host where it should be and is not, such as one that was imported");

    /** Makes all such VMs. */
    public static final OperationType<ManyVms, ManyMade> MAKE_VMS = new OperationType<>(
            "vm.make-all",
            ManyVms.class,
            ManyMade.class,
            Role.OPERATOR,
            "Make all VMs, empty, that should be on a host and are not, such as those of an imported document");

    /** Removes what is left of a VM on a host where it should not be. */
    public static final OperationType<OneCopy, VmChanged> REMOVE_COPY = new OperationType<>(
            "vm.remove-copy",
            OneCopy.class,
            VmChanged.class,
            Role.OPERATOR,
            "Remove what is left of a VM on a host where it should not be, while it is on another one");

    private MachineOperations() {}

    /** Parameters of {@link #CREATE_VM}. */
    public record CreateVm(
            @Input(value = "Name of the VM; made up if left out", at = 0, optional = true) @Nullable
            VmId id,

            @Input(value = "CPU cores, such as 2 or 0.5", byDefault = "1") @DecimalMin("0.001") @DecimalMax("4096")
            BigDecimal cores,

            @Input(value = "Memory, such as 4GiB", byDefault = "1GiB")
            ByteCount memory,

            @Input("Labels, such as app=web,tier=db") Labels labels) {}

    /** Result of {@link #CREATE_VM}. */
    public record VmCreated(VmId id, HostId host) {}

    /** Parameters that name one VM. */
    public record OneVm(
            @Input(value = "Name of the VM", at = 0) VmId id) {}

    /** Parameters of {@link #MAKE_VMS}. */
    public record ManyVms(
            @Input("Only VMs with these labels, such as app=web")
            Labels labels) {}

    /**
     * Result of {@link #MAKE_VMS}.
     *
     * @param missing how many were not there before
     * @param left how many are still not there
     */
    public record ManyMade(int missing, int left) {}

    /** Parameters of {@link #REMOVE_COPY}. */
    public record OneCopy(
            @Input(value = "Name of the VM", at = 0) VmId id,

            @Input(value = "Host where it should not be", at = 1)
            HostId host) {}

    /** Result of a change to one VM. */
    public record VmChanged(VmId id, String now) {}

    /** Parameters of {@link #HOST_MAINTENANCE}. */
    public record HostMaintenance(
            @Input(value = "Name of the host", at = 0) HostId id,

            @Input(value = "True to keep new VMs away, false to let them come", at = 1, byDefault = "true")
            boolean on) {}

    /** Result of a change to one host. */
    public record HostChanged(HostId id, String now) {}
}
