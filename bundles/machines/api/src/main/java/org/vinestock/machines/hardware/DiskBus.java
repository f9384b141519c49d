package org.vinestock.machines.hardware;

/** How a guest sees a disk. */
public enum DiskBus {
    /** A virtio block device; the guest may write to it. */
    VIRTIO,
    /** A CD drive: read only, removable. */
    CD
}
