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
