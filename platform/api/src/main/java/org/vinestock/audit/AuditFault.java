package org.vinestock.audit;

/**
 * Where the audit is not as it was written.
 *
 * @param number of the first row that it is about
 * @param message what is the matter, in a sentence
 */
public record AuditFault(long number, Kind kind, String message) {
    /** What was done to it. */
    public enum Kind {
        /** A row was changed. */
        CHANGED,
        /** Rows are missing that were followed by others. */
        REMOVED,
        /** Rows are missing at the end. */
        CUT_OFF
    }
}
