package org.vinestock.decision;

/**
 * Names a decision of this site.
 *
 * @param number counts up from 1 without gaps in the order in which the questions were taken up; 0 = not recorded, as most
 *     answers at a point that records a sample
 */
public record DecisionId(long number) implements Comparable<DecisionId> {
    /** Stands for all decisions that are not recorded. */
    public static final DecisionId NOT_RECORDED = new DecisionId(0);

    @Override
    public int compareTo(DecisionId other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return "d-" + number;
    }
}
