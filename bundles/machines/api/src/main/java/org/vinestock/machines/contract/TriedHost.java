package org.vinestock.machines.contract;

import org.osgi.annotation.versioning.ConsumerType;
import org.vinestock.machines.Hypervisor;

/** A host without VMs, on which the contract is tried. */
@ConsumerType
public interface TriedHost {
    /** The host. */
    Hypervisor hypervisor();

    /** Lets all that is under way end: runs simulated time, or waits for a real host. */
    void settle();
}
