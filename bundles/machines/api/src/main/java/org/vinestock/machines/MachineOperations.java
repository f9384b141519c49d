package org.vinestock.machines;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.machines.site.ClusterId;
import org.vinestock.machines.site.RackId;
import org.vinestock.machines.site.ZoneId;
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
    public static final OperationType<DeleteVm, VmChanged> DELETE_VM = new OperationType<>(
            "vm.delete",
            DeleteVm.class,
            VmChanged.class,
            Role.OPERATOR,
            "Stop a VM at once and remove it, with the disks that were made for it");

    /** Starts a VM on its host. */
    public static final OperationType<OneVm, VmChanged> START_VM =
            new OperationType<>("vm.start", OneVm.class, VmChanged.class, Role.OPERATOR, "Start a VM on its host");

    /** Stops a VM; it keeps its place. */
    public static final OperationType<StopVm, VmChanged> STOP_VM = new OperationType<>(
            "vm.stop", StopVm.class, VmChanged.class, Role.OPERATOR, "Stop a VM; its place on the host stays reserved");

    /** Lets a VM's virtual CPUs stand still. */
    public static final OperationType<OneVm, VmChanged> PAUSE_VM = new OperationType<>(
            "vm.pause", OneVm.class, VmChanged.class, Role.OPERATOR, "Let a VM stand still; it keeps its memory");

    /** Lets a VM go on that stands still. */
    public static final OperationType<OneVm, VmChanged> RESUME_VM = new OperationType<>(
            "vm.resume", OneVm.class, VmChanged.class, Role.OPERATOR, "Let a VM go on that stands still");

    /** Presses a VM's reset button. */
    public static final OperationType<OneVm, VmChanged> RESET_VM = new OperationType<>(
            "vm.reset", OneVm.class, VmChanged.class, Role.OPERATOR, "Reset a VM, as its reset button would");

    /** Adds a host. */
    public static final OperationType<AddHost, HostChanged> ADD_HOST = new OperationType<>(
            "host.add",
            AddHost.class,
            HostChanged.class,
            Role.ADMIN,
            "Say that there is a host, and where it stands; its provider makes it report");

    /** Removes a host. */
    public static final OperationType<OneHost, HostChanged> REMOVE_HOST = new OperationType<>(
            "host.remove",
            OneHost.class,
            HostChanged.class,
            Role.ADMIN,
            "Forget a host that has no VMs and that nobody runs any more");

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

            @Input("Labels, such as app=web,tier=db") Labels labels,

            @Input(
                    value = "Disk that its first disk is an overlay of, such as an imported cloud image",
                    optional = true,
                    completedBy = "disk.list#id")
            @Nullable
            DiskId image,

            @Input(value = "Size of its first disk; that of the image, or no disk, if left out", optional = true)
            @Nullable
            ByteCount diskSize,

            @Input(value = "Disks that are there, such as data-1,data-2", completedBy = "disk.list#id")
            List<DiskId> disks,

            @Input(
                    value = "Disk in its CD drive, such as an imported ISO; it starts from there first",
                    optional = true,
                    completedBy = "disk.list#id")
            @Nullable
            DiskId cd,

            @Input(value = "Kernel to start, a path on the host", optional = true) @Nullable
            String kernel,

            @Input(value = "Initramfs of the kernel, a path on the host", optional = true) @Nullable
            String initramfs,

            @Input(value = "What the kernel is told", optional = true) @Nullable
            String append,

            @Input(
                    value = "user, isolated, tap:NAME or none; user if it has disks or a kernel, else none",
                    optional = true)
            @Nullable
            String network,

            @Input(value = "Address of its network device; made up if left out", optional = true) @Nullable
            String mac,

            @Input(value = "What cloud-init is told: a text that begins with #cloud-config or #!", optional = true)
            @Nullable
            @Size(max = CreateVm.MAX_USER_DATA)
            String userData,

            @Input(value = "Public SSH key that cloud-init lets in", optional = true) @Nullable @Size(max = 16_384)
            String sshKey,

            @Input(value = "Name that cloud-init gives the guest; that of the VM if left out", optional = true)
            @Nullable
            String hostname,

            @Input(value = "Host where it has to be", optional = true, completedBy = "host.list#id") @Nullable
            HostId host) {
        /** How many characters cloud-init can be told. */
        public static final int MAX_USER_DATA = 65_536;

        /** Copies the list. */
        public CreateVm {
            disks = List.copyOf(disks);
        }

        /** One without disks and network. */
        public CreateVm(@Nullable VmId id, BigDecimal cores, ByteCount memory, Labels labels) {
            this(
                    id, cores, memory, labels, null, null, List.of(), null, null, null, null, null, null, null, null,
                    null, null);
        }
    }

    /** Result of {@link #CREATE_VM}. */
    public record VmCreated(VmId id, HostId host) {}

    /** Parameters that name one VM. */
    public record OneVm(
            @Input(value = "Name of the VM", at = 0) VmId id) {}

    /**
     * Parameters of {@link #DELETE_VM}.
     *
     * @param keepDisks whether the disks that were made for it stay, as nobody's
     */
    public record DeleteVm(
            @Input(value = "Name of the VM", at = 0, completedBy = "vm.list#id")
            VmId id,

            @Input(value = "Whether the disks that were made for it stay", byDefault = "false")
            boolean keepDisks) {
        /** With its disks. */
        public DeleteVm(VmId id) {
            this(id, false);
        }
    }

    /**
     * Parameters of {@link #STOP_VM}.
     *
     * @param now whether it is switched off at once; else the guest is asked, and switched off if it does not heed
     */
    public record StopVm(
            @Input(value = "Name of the VM", at = 0, completedBy = "vm.list#id")
            VmId id,

            @Input(value = "Whether to switch it off at once, without asking the guest", byDefault = "false")
            boolean now) {
        /** The guest is asked. */
        public StopVm(VmId id) {
            this(id, false);
        }
    }

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

    /** Parameters of {@link #ADD_HOST}. */
    public record AddHost(
            @Input(value = "Name of the host, as its provider has it", at = 0)
            HostId id,

            @Input(value = "Zone in which it stands, made if it is not there", byDefault = "local")
            ZoneId zone,

            @Input(value = "Rack in which it stands, made if it is not there", byDefault = "local")
            RackId rack,

            @Input(value = "Cluster that it belongs to, made if it is not there", byDefault = "local")
            ClusterId cluster,

            @Input("Labels, such as disk=ssd") Labels labels) {}

    /** Parameters that name one host. */
    public record OneHost(
            @Input(value = "Name of the host", at = 0, completedBy = "host.list#id")
            HostId id) {}

    /** Result of a change to one host. */
    public record HostChanged(HostId id, String now) {}
}
