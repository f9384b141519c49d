package org.vinestock.inventory;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;
import org.vinestock.model.HostId;

/**
 * A row whose object takes a part of a host. All rows of one id are looked at together: on each host that one of them
 * names the object takes the largest size that such a row gives, once. So a VM on the move counts on both hosts.
 */
@ConsumerType
public interface OccupantRow {
    /** The host whose capacity is taken, or null if none. */
    @Nullable
    HostId host();

    /** CPU taken, in thousandths of a core. */
    long millicores();

    /** Memory taken, in bytes. */
    long memory();
}
