package org.vinestock.machines;

import org.vinestock.machines.hardware.Hardware;
import org.vinestock.model.ByteCount;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;

/**
 * What a VM is to be.
 *
 * @param millicores CPU in thousandths of a core, 1 or more
 * @param memory more than nothing
 * @param hardware what it is built of; a host that has no disks refuses one that names any
 */
public record VmSpec(VmId id, long millicores, ByteCount memory, Labels labels, Hardware hardware) {
    /** One without disks and network. */
    public VmSpec(VmId id, long millicores, ByteCount memory, Labels labels) {
        this(id, millicores, memory, labels, Hardware.NONE);
    }

    /** Checks the sizes. */
    public VmSpec {
        if (millicores < 1) {
            throw new IllegalArgumentException("millicores " + millicores + "; accepted: 1 or more");
        }
        if (memory.bytes() < 1) {
            throw new IllegalArgumentException("memory " + memory + "; accepted: 1 byte or more");
        }
    }
}
