package org.vinestock.inventory;

import org.osgi.annotation.versioning.ConsumerType;
import org.vinestock.model.HostId;

/**
 * A row that makes its object a host. The snapshot keeps {@link Hosts} columns from all rows of a {@link HostId} that
 * implement this: the host accepts VMs if each of them says so, and offers what they offer together.
 */
@ConsumerType
public interface HostRow {
    /** The host. */
    HostId id();

    /** Whether, as far as this row knows, new VMs may be placed here. */
    boolean accepts();

    /** CPU that this row adds, in thousandths of a core; 0 if it knows nothing about size. */
    long millicores();

    /** Memory that this row adds, in bytes; 0 if it knows nothing about size. */
    long memory();
}
