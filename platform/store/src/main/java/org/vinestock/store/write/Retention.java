package org.vinestock.store.write;

/**
 * How much of the past is kept.
 *
 * @param revisions former states that can be looked at again
 * @param samples samples of loads that can be looked at again
 * @param changes changes that {@code changesSince} can tell, and removals that the check of a basis knows
 */
public record Retention(int revisions, int samples, int changes) {
    /** What is kept if nobody says otherwise. */
    public static final Retention USUAL = new Retention(10_000, 200, 100_000);

    /** Checks the ranges. */
    public Retention {
        if (revisions < 1 || samples < 1 || changes < 1) {
            throw new IllegalArgumentException("retention of " + revisions + " revisions, " + samples + " samples, "
                    + changes + " changes; accepted: 1 or more of each");
        }
    }
}
