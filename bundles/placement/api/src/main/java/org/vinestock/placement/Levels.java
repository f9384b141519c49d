package org.vinestock.placement;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/**
 * How much of one resource each host has free, sorted into some hundred levels of equal height: level 0 is nothing free,
 * level n more than n - 1 and up to n heights. Which rows are on a level, and which are above every eighth, are sets of bits
 * that lie in memory one after the other; so all hosts with at least an amount are found at once, and only those on its very
 * level are compared one by one. Immutable; a host that changes costs a copy of some four sets.
 */
final class Levels {
    /** The largest host has 64 to 128 levels. */
    private static final int LEVEL_BITS = 7;

    private static final int GROUP_BITS = 3;

    private final int shift;
    /** By level, then by chunk: the rows on it. */
    private final long[][] on;
    /** By group of eight levels, then by chunk: the rows on its lowest or above. */
    private final long[][] from;

    private Levels(int shift, long[][] on, long[][] from) {
        this.shift = shift;
        this.on = on;
        this.from = from;
    }

    /** Makes those of hosts of which none offers more than {@code largest}. */
    static Levels of(int rows, int chunks, long largest, IntToLongFunction free) {
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(largest) - LEVEL_BITS);
        int levels = (int) (largest >> shift) + 2;
        long[] none = new long[chunks];
        long[][] on = new long[levels][];
        long[][] from = new long[(levels >> GROUP_BITS) + 2][];
        Arrays.fill(on, none);
        Arrays.fill(from, none);
        Editor editor = new Editor(new Levels(shift, on, from));
        for (int row = 0; row < rows; row++) {
            editor.enter(row, free.applyAsLong(row));
        }
        return editor.done();
    }

    private int level(long amount) {
        return amount <= 0 ? 0 : (int) Math.min(on.length - 1, ((amount - 1) >> shift) + 1);
    }

    /** All rows, by chunk. */
    long[] all() {
        return from[0].clone();
    }

    /** Keeps of {@code rows} those with at least so much free. */
    void keepAtLeast(long[] rows, long amount, IntToLongFunction free) {
        int level = level(amount);
        long[] above = above(level);
        long[] same = on[level];
        for (int chunk = 0; chunk < rows.length; chunk++) {
            long kept = rows[chunk] & above[chunk];
            for (long left = rows[chunk] & same[chunk]; left != 0; left &= left - 1) {
                int row = (chunk << 6) + Long.numberOfTrailingZeros(left);
                kept |= free.applyAsLong(row) >= amount ? Long.lowestOneBit(left) : 0;
            }
            rows[chunk] = kept;
        }
    }

    /** Keeps of {@code rows} those with at most so much free, and some on the same level with more. */
    void keepAboutAtMost(long[] rows, long amount) {
        long[] above = above(level(amount));
        for (int chunk = 0; chunk < rows.length; chunk++) {
            rows[chunk] &= ~above[chunk];
        }
    }

    private long[] above(int level) {
        int group = (level >> GROUP_BITS) + 1;
        long[] rows = from[group].clone();
        for (int next = level + 1; next < Math.min(on.length, group << GROUP_BITS); next++) {
            long[] there = on[next];
            for (int chunk = 0; chunk < rows.length; chunk++) {
                rows[chunk] |= there[chunk];
            }
        }
        return rows;
    }

    /** Moves rows in copies of the sets that change. */
    static final class Editor {
        private final Levels before;
        private long[][] on;
        private long[][] from;

        Editor(Levels before) {
            this.before = before;
            on = before.on;
            from = before.from;
        }

        void enter(int row, long free) {
            int level = before.level(free);
            own();
            flip(on, before.on, level, row);
            for (int group = 0; group <= level >> GROUP_BITS; group++) {
                flip(from, before.from, group, row);
            }
        }

        void move(int row, long was, long free) {
            int left = before.level(was);
            int entered = before.level(free);
            if (left == entered) {
                return;
            }
            own();
            flip(on, before.on, left, row);
            flip(on, before.on, entered, row);
            int highest = Math.max(left, entered) >> GROUP_BITS;
            for (int group = (Math.min(left, entered) >> GROUP_BITS) + 1; group <= highest; group++) {
                flip(from, before.from, group, row);
            }
        }

        private void own() {
            if (on == before.on) {
                on = on.clone();
                from = from.clone();
            }
        }

        private static void flip(long[][] sets, long[][] former, int at, int row) {
            if (sets[at] == former[at]) {
                sets[at] = sets[at].clone();
            }
            sets[at][row >> 6] ^= 1L << row;
        }

        Levels done() {
            return on == before.on ? before : new Levels(before.shift, on, from);
        }
    }
}
