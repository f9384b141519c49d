package org.vinestock.audit;

import java.util.List;

/**
 * What came of looking at every row of the audit.
 *
 * @param rows how many there are
 * @param last the number of the newest; 0 = there is none
 * @param anchored the number of the row of which the hash is kept outside of the database; 0 = none
 * @param faults the first ones, in the order of their numbers; none = it is whole
 */
public record AuditReport(long rows, long last, long anchored, List<AuditFault> faults) {
    /** Copies the list. */
    public AuditReport {
        faults = List.copyOf(faults);
    }
}
