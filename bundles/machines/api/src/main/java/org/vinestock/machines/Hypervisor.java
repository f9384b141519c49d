package org.vinestock.machines;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;
import org.vinestock.model.HostId;
import org.vinestock.model.Lease;
import org.vinestock.model.VmId;
import org.vinestock.time.Cancellable;

/**
 * Creates and runs VMs on one host. What it reports is what runs: the inventory follows it.
 *
 * <ul>
 *   <li>A call with an older lease epoch than the host has seen for the VM is refused with {@code STALE_EPOCH}.
 *   <li>Every call may be repeated: creating a VM that is there with the same spec, or deleting one that is not, changes
 *       nothing.
 *   <li>{@link #onChange} wakes after each change of what {@link #report} would say; changes may be taken together.
 * </ul>
 *
 * <p><b>Calls.</b> From any thread, never blocks; stages complete on any thread.
 *
 * <p><b>Failure.</b> {@code VinestockException} with a {@link MachineError}.
 */
@ConsumerType
public interface Hypervisor {
    /** The host. */
    HostId host();

    /** Asks the host what it is and what runs on it. */
    CompletionStage<HostReport> report();

    /** Makes a VM, powered off. */
    CompletionStage<Machine> create(VmSpec spec, Lease lease);

    /** Returns a VM that is on this host. */
    Optional<Machine> find(VmId id);

    /**
     * Stops a VM if it runs, and removes it. If it is not there nothing changes, but the host has seen the epoch: what was
     * asked before and comes later is refused.
     */
    default CompletionStage<?> remove(VmId id, Lease lease) {
        Optional<Machine> there = find(id);
        return there.isPresent() ? there.get().delete(lease) : CompletableFuture.completedFuture(null);
    }

    /** Runs {@code wake}, on any thread and briefly, after something changed. */
    Cancellable onChange(Runnable wake);
}
