/**
 * Tenants whose VMs arrive and leave. Read {@link org.vinestock.lab.arrivals.Tenants} first.
 */
@NullMarked
package org.vinestock.lab.arrivals;

import org.jspecify.annotations.NullMarked;
