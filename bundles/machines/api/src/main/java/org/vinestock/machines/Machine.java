package org.vinestock.machines;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;
import org.vinestock.model.Lease;
import org.vinestock.model.VmId;

/** A VM on its host. Like {@link Hypervisor}. */
@ConsumerType
public interface Machine {
    /** The VM. */
    VmId id();

    /** Changes the power state; done when the host says so. */
    CompletionStage<?> power(PowerAction action, Lease lease);

    /** Stops it if it runs, and removes it. */
    CompletionStage<?> delete(Lease lease);

    /** Looks for something that not every host can do. */
    <C> Offer<C> capability(Class<C> type);
}
