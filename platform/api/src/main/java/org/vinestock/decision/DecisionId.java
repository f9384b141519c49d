package org.vinestock.decision;

/**
 * Names a decision of this site.
 *
 * @param number counts up from 1 without gaps in the order in which the questions were taken up
 */
public record DecisionId(long number) implements Comparable<DecisionId> {
    @Override
    public int compareTo(DecisionId other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return "d-" + number;
    }
}
