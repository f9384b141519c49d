package org.vinestock.placement.rule;

import java.util.Arrays;

/** Numbers from 0 by row, 0 where nothing was said; immutable: a change copies one chunk and the list of chunks. */
final class IntColumn {
    private static final int BITS = 6;
    private static final int CHUNK = 1 << BITS;
    private static final int[] ZEROS = new int[CHUNK];

    static final IntColumn EMPTY = new IntColumn(new int[0][], new long[0], new long[0]);

    private final int[][] chunks;
    /** By chunk, the rows whose number is not 0: so most questions need not look at the numbers, which lie far apart. */
    private final long[] some;
    /** By chunk, the rows whose number is above 1. */
    private final long[] several;

    private IntColumn(int[][] chunks, long[] some, long[] several) {
        this.chunks = chunks;
        this.some = some;
        this.several = several;
    }

    /** One past the last row that may differ from 0. */
    int end() {
        return chunks.length << BITS;
    }

    int get(int row) {
        int chunk = row >> BITS;
        return chunk < chunks.length ? chunks[chunk][row & (CHUNK - 1)] : 0;
    }

    /** Takes out of some {@link RowBits} those with at least so much, which is more than 0. */
    void dropAtLeast(long[] rows, int least) {
        if (least <= 2) {
            RowBits.drop(rows, least == 1 ? some : several);
            return;
        }
        for (int chunk = 0; chunk < Math.min(rows.length, chunks.length); chunk++) {
            for (long left = rows[chunk] & several[chunk]; left != 0; left &= left - 1) {
                if (chunks[chunk][Long.numberOfTrailingZeros(left)] >= least) {
                    rows[chunk] &= ~Long.lowestOneBit(left);
                }
            }
        }
    }

    /** Returns the first row from {@code row} on that differs from 0; {@link #end} if there is none. */
    int skip(int row) {
        int chunk = row >> BITS;
        if (chunk >= chunks.length) {
            return end();
        }
        long rows = some[chunk] & -1L << row;
        while (rows == 0) {
            if (++chunk == chunks.length) {
                return end();
            }
            rows = some[chunk];
        }
        return (chunk << BITS) + Long.numberOfTrailingZeros(rows);
    }

    IntColumn plus(int row, int delta) {
        int chunk = row >> BITS;
        int length = Math.max(chunks.length, chunk + 1);
        int[][] copy = Arrays.copyOf(chunks, length);
        Arrays.fill(copy, chunks.length, length, ZEROS);
        int[] numbers = copy[chunk].clone();
        int number = numbers[row & (CHUNK - 1)] += delta;
        copy[chunk] = numbers;
        return new IntColumn(copy, with(some, length, row, number > 0), with(several, length, row, number > 1));
    }

    private static long[] with(long[] bits, int length, int row, boolean on) {
        long bit = 1L << row;
        if (bits.length == length && on == ((bits[row >> BITS] & bit) != 0)) {
            return bits;
        }
        long[] copy = Arrays.copyOf(bits, length);
        copy[row >> BITS] = on ? copy[row >> BITS] | bit : copy[row >> BITS] & ~bit;
        return copy;
    }
}
