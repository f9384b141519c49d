package org.vinestock.machines.hardware;

/**
 * A disk that is plugged into a VM.
 *
 * @param device name of the device, unique in the VM: a letter, then at most 30 letters, digits, {@code -} and {@code _};
 *     the guest sees it as the disk's serial number
 * @param readOnly always so on a CD drive
 */
public record VmDisk(String device, DiskId disk, DiskBus bus, boolean readOnly) {
    /** Checks the name. */
    public VmDisk {
        Hardware.checkedDevice(device);
        if (bus == DiskBus.CD && !readOnly) {
            throw new IllegalArgumentException("device " + device + " is a CD drive; accepted: read only");
        }
    }
}
