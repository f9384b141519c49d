package org.vinestock.placement.provider.strategy;

import java.util.Arrays;

/** Counts by row, in chunks that are there only where something was counted. Owned by one thread at a time. */
final class RowCounts {
    private static final int BITS = 6;
    private static final int CHUNK = 1 << BITS;
    private static final int[] ZEROS = new int[CHUNK];

    private int[][] chunks = {};
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
            Arrays.fill(chunks, former, chunks.length, ZEROS);
        }
        if (chunks[chunk] == ZEROS) {
            chunks[chunk] = new int[CHUNK];
        }
        chunks[chunk][row & (CHUNK - 1)] += delta;
        total += delta;
    }

    /** The sum of all counts. */
    int total() {
        return total;
    }

    /** One past the last row that may have a count. */
    int end() {
        return chunks.length << BITS;
    }

    /** Returns the first row from {@code row} on that may have a count; {@link #end} if there is none. */
    int skip(int row) {
        int at = row;
        while (at < end() && chunks[at >> BITS] == ZEROS) {
            at = ((at >> BITS) + 1) << BITS;
        }
        return at;
    }
}
