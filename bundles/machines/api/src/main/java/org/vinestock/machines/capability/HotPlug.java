package org.vinestock.machines.capability;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;
import org.vinestock.machines.hardware.VmDisk;
import org.vinestock.machines.hardware.VmNic;
import org.vinestock.model.Lease;

/**
 * Plugs devices in and out, also while the VM runs. Every call may be repeated. What is plugged in is there after the next
 * start, too. A disk is served before it is plugged in, and until it is plugged out.
 */
@ConsumerType
public interface HotPlug {
    /** Plugs a disk in; done when the guest could see it. */
    CompletionStage<?> plug(VmDisk disk, Lease lease);

    /** Plugs a network device in. */
    CompletionStage<?> plug(VmNic nic, Lease lease);

    /**
     * Plugs a device out; done when the guest has let go of it and nothing uses it any more. Fails with {@code
     * GUEST_REFUSES} if the guest does not let go within {@code 10 s}; then it stays.
     */
    CompletionStage<?> unplug(String device, Lease lease);
}
