package org.vinestock.machines.hardware;

import org.vinestock.model.ObjectId;

/** Names a disk. The rows of disks belong to the area {@code disk}; a VM names those that are plugged into it. */
public record DiskId(String value) implements ObjectId {
    /** Checks the name. */
    public DiskId {
        ObjectId.checked("disk", value);
    }

    @Override
    public String kind() {
        return "disk";
    }

    @Override
    public String toString() {
        return value;
    }
}
