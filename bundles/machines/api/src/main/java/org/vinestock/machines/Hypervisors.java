package org.vinestock.machines;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.vinestock.model.HostId;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/**
 * The hosts that one provider runs; an area offers it among its services. Any thread, never blocks.
 */
@ConsumerType
public interface Hypervisors {
    /** The hosts, in order of their names. */
    List<HostId> hosts();

    /** Returns the hypervisor of a host; empty if it is not one of these. */
    Optional<Hypervisor> find(HostId host);

    /** Runs {@code wake} on {@code lane} after {@link #hosts} changed. */
    Cancellable onChange(Lane lane, Runnable wake);
}
