package org.vinestock.audit;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Follows a look at every row of the audit.
 *
 * <p><b>Calls.</b> One after the other, on any thread; must not block.
 *
 * <p><b>Failure.</b> What it throws ends the look, whose stage fails with it.
 */
@ConsumerType
@FunctionalInterface
public interface AuditWatch {
    /**
     * Some more rows were looked at.
     *
     * @param rows how many so far
     * @param last the number of the newest row when it began
     */
    void looked(long rows, long last);
}
