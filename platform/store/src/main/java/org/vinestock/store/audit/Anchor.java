package org.vinestock.store.audit;

/** A row of the audit by its number and hash: the end of the chain as it was at some time. */
public record Anchor(long number, String hash) {
    /** The end of a chain without rows. */
    public static final Anchor NONE = new Anchor(0, "0".repeat(64));
}
