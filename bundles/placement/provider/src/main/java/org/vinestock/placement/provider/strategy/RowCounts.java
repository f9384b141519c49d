package org.vinestock.placement.provider.strategy;

import java.util.Arrays;

/** Counts by row, in chunks that are there only where something was counted. Owned by one thread at a time. */
final class RowCounts {
    private static final int BITS = 6;
    private static final int CHUNK = 1 << BITS;
    private static final int[] ZEROS = new int[CHUNK];

    private int[][] chunks = {};
    /** By chunk, the rows whose count is not 0. */
    private long[] counted = {};

    private int total;

    int get(int row) {
        int chunk = row >> BITS;
        return chunk < chunks.length ? chunks[chunk][row & (CHUNK - 1)] : 0;
    }

    void add(int row, int delta) {
        int chunk = row >> BITS;
        int former = chunks.length;
        if (chunk >= former) {
            chunks = Arrays.copyOf(chunks, chunk + 1);
            counted = Arrays.copyOf(counted, chunk + 1);
            Arrays.fill(chunks, former, chunks.length, ZEROS);
        }
        if (chunks[chunk] == ZEROS) {
            chunks[chunk] = new int[CHUNK];
        }
        int count = chunks[chunk][row & (CHUNK - 1)] += delta;
        counted[chunk] = count == 0 ? counted[chunk] & ~(1L << row) : counted[chunk] | 1L << row;
        total += delta;
    }

    /** The sum of all counts. */
    int total() {
        return total;
    }

    /** The first row from {@code row} on that has a count, or -1. */
    int next(int row) {
        int chunk = row >> BITS;
        if (chunk >= counted.length) {
            return -1;
        }
        long rows = counted[chunk] & -1L << row;
        while (rows == 0) {
            if (++chunk == counted.length) {
                return -1;
            }
            rows = counted[chunk];
        }
        return (chunk << BITS) + Long.numberOfTrailingZeros(rows);
    }
}
