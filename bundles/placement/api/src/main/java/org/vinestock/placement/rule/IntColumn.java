package org.vinestock.placement.rule;

import java.util.Arrays;

/** Whole numbers by row, 0 where nothing was said; immutable: a change copies one chunk and the list of chunks. */
final class IntColumn {
    private static final int BITS = 6;
    private static final int CHUNK = 1 << BITS;
    private static final int[] ZEROS = new int[CHUNK];

    static final IntColumn EMPTY = new IntColumn(new int[0][]);

    private final int[][] chunks;

    private IntColumn(int[][] chunks) {
        this.chunks = chunks;
    }

    /** One past the last row that may differ from 0. */
    int end() {
        return chunks.length << BITS;
    }

    int get(int row) {
        int chunk = row >> BITS;
        return chunk < chunks.length ? chunks[chunk][row & (CHUNK - 1)] : 0;
    }

    /** The rows of 64, from {@code chunk * 64} on, with at least so much, which is more than 0. */
    long atLeast(int chunk, int least) {
        if (chunk >= chunks.length || chunks[chunk] == ZEROS) {
            return 0;
        }
        long rows = 0;
        int[] numbers = chunks[chunk];
        for (int i = 0; i < CHUNK; i++) {
            rows |= numbers[i] >= least ? 1L << i : 0;
        }
        return rows;
    }

    /** Returns the first row from {@code row} on that may differ from 0; {@link #end} if there is none. */
    int skip(int row) {
        int at = row;
        while (at < end() && chunks[at >> BITS] == ZEROS) {
            at = ((at >> BITS) + 1) << BITS;
        }
        return at;
    }

    IntColumn plus(int row, int delta) {
        int chunk = row >> BITS;
        int[][] copy = Arrays.copyOf(chunks, Math.max(chunks.length, chunk + 1));
        Arrays.fill(copy, chunks.length, copy.length, ZEROS);
        int[] numbers = copy[chunk].clone();
        numbers[row & (CHUNK - 1)] += delta;
        copy[chunk] = numbers;
        return new IntColumn(copy);
    }
}
