package org.vinestock.placement.provider.strategy;

import java.util.ArrayList;
import java.util.List;
import org.vinestock.decision.Alternative;
import org.vinestock.decision.Answer;
import org.vinestock.inventory.Hosts;
import org.vinestock.placement.Placement;

/**
 * Keeps the best rows of a scan, by three keys one after the other, smaller is better; of equals the lowest row. {@link
 * #offer} allocates nothing. Owned by one strategy, used by one thread at a time.
 */
final class Ranking {
    /** How many rows are kept. */
    static final int KEPT = 1 + Answer.MAX_ALTERNATIVES;

    private final int[] rows = new int[KEPT];
    private final long[] firsts = new long[KEPT];
    private final double[] seconds = new double[KEPT];
    private final long[] thirds = new long[KEPT];
    private int size;

    void clear() {
        size = 0;
    }

    void offer(int row, long first, double second, long third) {
        if (size == KEPT && !before(row, first, second, third, KEPT - 1)) {
            return;
        }
        int at = size < KEPT ? size++ : KEPT - 1;
        while (at > 0 && before(row, first, second, third, at - 1)) {
            rows[at] = rows[at - 1];
            firsts[at] = firsts[at - 1];
            seconds[at] = seconds[at - 1];
            thirds[at] = thirds[at - 1];
            at--;
        }
        rows[at] = row;
        firsts[at] = first;
        seconds[at] = second;
        thirds[at] = third;
    }

    private boolean before(int row, long first, double second, long third, int other) {
        if (first != firsts[other]) {
            return first < firsts[other];
        }
        if (second != seconds[other]) {
            return second < seconds[other];
        }
        return third < thirds[other] || (third == thirds[other] && row < rows[other]);
    }

    /** Whether as many rows are kept as ever are. */
    boolean isFull() {
        return size == KEPT;
    }

    /** The first key of the worst row that is kept. */
    long worstFirst() {
        return firsts[size - 1];
    }

    /** Its second key. */
    double worstSecond() {
        return seconds[size - 1];
    }

    /** Its third key. */
    long worstThird() {
        return thirds[size - 1];
    }

    /** The worst row that is kept. */
    int worstRow() {
        return rows[size - 1];
    }

    /** The best row, or -1 if none was offered. */
    int best() {
        return size == 0 ? -1 : rows[0];
    }

    /** All but the best, in order; the score is the sum of the first two keys, negative. */
    List<Alternative<Placement>> alternatives(Hosts hosts) {
        List<Alternative<Placement>> alternatives = new ArrayList<>(Math.max(0, size - 1));
        for (int i = 1; i < size; i++) {
            alternatives.add(new Alternative<>(new Placement.Placed(hosts.id(rows[i])), -(firsts[i] + seconds[i])));
        }
        return alternatives;
    }
}
