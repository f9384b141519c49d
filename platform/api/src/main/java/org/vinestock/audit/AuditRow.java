package org.vinestock.audit;

import java.time.Instant;

/**
 * A row of the audit.
 *
 * @param number from 1, without gaps
 * @param at when it was told, to the microsecond
 * @param who as in {@link Deed}
 * @param what as in {@link Deed}
 * @param object as in {@link Deed}
 * @param details as in {@link Deed}
 * @param hash SHA-256 over the hash of the row before and what is in this one, in 64 hexadecimal digits
 */
public record AuditRow(long number, Instant at, String who, String what, String object, String details, String hash) {}
