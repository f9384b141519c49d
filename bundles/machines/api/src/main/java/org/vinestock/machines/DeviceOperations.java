package org.vinestock.machines;

import org.jspecify.annotations.Nullable;
import org.vinestock.machines.MachineOperations.VmChanged;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.model.ByteCount;
import org.vinestock.model.VmId;
import org.vinestock.operation.Input;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Role;

/** The operations on what is in a VM that is on its host, and their parameters and results. */
public final class DeviceOperations {
    /** Plugs a disk into a VM. */
    public static final OperationType<AttachDisk, VmChanged> ATTACH_DISK = new OperationType<>(
            "vm.attach-disk",
            AttachDisk.class,
            VmChanged.class,
            Role.OPERATOR,
            "Plug a disk into a VM, also while it runs");

    /** Plugs a network device into a VM. */
    public static final OperationType<AttachNic, VmChanged> ATTACH_NIC = new OperationType<>(
            "vm.attach-nic",
            AttachNic.class,
            VmChanged.class,
            Role.OPERATOR,
            "Plug a network device into a VM, also while it runs");

    /** Plugs a device out of a VM. */
    public static final OperationType<OneDevice, VmChanged> DETACH = new OperationType<>(
            "vm.detach",
            OneDevice.class,
            VmChanged.class,
            Role.OPERATOR,
            "Plug a disk or a network device out of a VM; the disk stays, as nobody's");

    /** Asks a guest to make do with less memory. */
    public static final OperationType<Inflate, VmChanged> BALLOON = new OperationType<>(
            "vm.balloon",
            Inflate.class,
            VmChanged.class,
            Role.OPERATOR,
            "Ask a guest to make do with so much memory, until it is asked for something else");

    private DeviceOperations() {}

    /** Parameters of {@link #ATTACH_DISK}. */
    public record AttachDisk(
            @Input(value = "Name of the VM", at = 0) VmId id,

            @Input(value = "Name of the disk", at = 1, completedBy = "disk.list#id")
            DiskId disk,

            @Input(
                    value = "Name of the device, which the guest sees as serial number; made up if left out",
                    optional = true)
            @Nullable
            String device,

            @Input(value = "Whether the guest may only read it", byDefault = "false")
            boolean readOnly) {}

    /** Parameters of {@link #ATTACH_NIC}. */
    public record AttachNic(
            @Input(value = "Name of the VM", at = 0) VmId id,

            @Input(value = "user, isolated or tap:NAME", byDefault = "user")
            String network,

            @Input(value = "Its address; made up if left out", optional = true) @Nullable
            String mac,

            @Input(value = "Name of the device; made up if left out", optional = true) @Nullable
            String device) {}

    /** Parameters of {@link #DETACH}. */
    public record OneDevice(
            @Input(value = "Name of the VM", at = 0) VmId id,

            @Input(value = "Name of the device, see vm:info", at = 1)
            String device) {}

    /** Parameters of {@link #BALLOON}. */
    public record Inflate(
            @Input(value = "Name of the VM", at = 0) VmId id,

            @Input(value = "Memory that the guest is to have, such as 512MiB", at = 1)
            ByteCount size) {}
}
