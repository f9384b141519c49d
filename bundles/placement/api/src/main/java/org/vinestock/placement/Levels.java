package org.vinestock.placement;

import java.util.Arrays;
import java.util.function.IntToLongFunction;
import org.vinestock.placement.rule.RowBits;

/**
 * How much of one resource each host has free, sorted into some hundred levels of equal height: level 0 is nothing free,
 * level n more than n - 1 and up to n heights. Which rows are on a level, and which are on the lowest of a group of levels or above
 * it, are sets of bits that lie in memory one after the other; so all hosts with at least an amount are found at once, and only
 * those on its very level are compared one by one. Immutable; a host that changes costs a copy of some four sets.
 */
final class Levels {
    /** The largest host has 128 to 256 levels. */
    private static final int LEVEL_BITS = 8;

    private static final int GROUP_BITS = 3;

    private static final int GROUP = 1 << GROUP_BITS;

    private final int shift;
    private final int levels;
    /** By group of levels, by level within it, by chunk: the rows on it. */
    private final long[][][] on;
    /** By group of levels, then by chunk: the rows on its lowest or above. */
    private final long[][] from;

    private Levels(int shift, int levels, long[][][] on, long[][] from) {
        this.shift = shift;
        this.levels = levels;
        this.on = on;
        this.from = from;
    }

    /** Makes those of hosts of which none offers more than {@code largest}. */
    static Levels of(int rows, int chunks, long largest, IntToLongFunction free) {
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(largest) - LEVEL_BITS);
        int levels = (int) (largest >> shift) + 2;
        long[] none = new long[chunks];
        int groups = (levels >> GROUP_BITS) + 1;
        long[][][] on = new long[groups][GROUP][];
        for (long[][] group : on) {
            Arrays.fill(group, none);
        }
        long[][] from = new long[groups + 1][];
        Arrays.fill(from, none);
        Editor editor = new Editor(new Levels(shift, levels, on, from));
        for (int row = 0; row < rows; row++) {
            editor.enter(row, free.applyAsLong(row));
        }
        return editor.done();
    }

    private int level(long amount) {
        return amount <= 0 ? 0 : (int) Math.min(levels - 1, ((amount - 1) >> shift) + 1);
    }

    /** Keeps of {@code rows} those with at least so much free. */
    void keepAtLeast(long[] rows, long amount, IntToLongFunction free) {
        int level = level(amount);
        long[][] group = on[level >> GROUP_BITS];
        RowBits.keep(rows, from[level >> GROUP_BITS]);
        for (int lower = 0; lower < (level & (GROUP - 1)); lower++) {
            RowBits.drop(rows, group[lower]);
        }
        long[] same = group[level & (GROUP - 1)];
        for (int chunk = 0; chunk < rows.length; chunk++) {
            for (long left = rows[chunk] & same[chunk]; left != 0; left &= left - 1) {
                if (free.applyAsLong((chunk << 6) + Long.numberOfTrailingZeros(left)) < amount) {
                    rows[chunk] &= ~Long.lowestOneBit(left);
                }
            }
        }
    }

    /** Keeps of {@code rows} those with at most so much free, and some on the same level with more. */
    void keepAboutAtMost(long[] rows, long amount) {
        int level = level(amount);
        long[][] group = on[level >> GROUP_BITS];
        RowBits.drop(rows, from[(level >> GROUP_BITS) + 1]);
        for (int higher = (level & (GROUP - 1)) + 1; higher < GROUP; higher++) {
            RowBits.drop(rows, group[higher]);
        }
    }

    /** Moves rows in copies of the sets that change. */
    static final class Editor {
        private final Levels before;
        private long[][][] on;
        private long[][] from;

        Editor(Levels before) {
            this.before = before;
            on = before.on;
            from = before.from;
        }

        void enter(int row, long free) {
            int level = before.level(free);
            flipOn(level, row);
            for (int group = 0; group <= level >> GROUP_BITS; group++) {
                flipFrom(group, row);
            }
        }

        void move(int row, long was, long free) {
            int left = before.level(was);
            int entered = before.level(free);
            if (left == entered) {
                return;
            }
            flipOn(left, row);
            flipOn(entered, row);
            int highest = Math.max(left, entered) >> GROUP_BITS;
            for (int group = (Math.min(left, entered) >> GROUP_BITS) + 1; group <= highest; group++) {
                flipFrom(group, row);
            }
        }

        private void flipOn(int level, int row) {
            int group = level >> GROUP_BITS;
            if (on == before.on) {
                on = on.clone();
            }
            if (on[group] == before.on[group]) {
                on[group] = on[group].clone();
            }
            flip(on[group], before.on[group], level & (GROUP - 1), row);
        }

        private void flipFrom(int group, int row) {
            if (from == before.from) {
                from = from.clone();
            }
            flip(from, before.from, group, row);
        }

        private static void flip(long[][] sets, long[][] former, int at, int row) {
            if (sets[at] == former[at]) {
                sets[at] = sets[at].clone();
            }
            sets[at][row >> 6] ^= 1L << row;
        }

        Levels done() {
            return on == before.on ? before : new Levels(before.shift, before.levels, on, from);
        }
    }
}
