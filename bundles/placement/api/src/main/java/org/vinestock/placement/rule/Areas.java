package org.vinestock.placement.rule;

import java.util.Arrays;

/**
 * Racks, zones or clusters as sets of rows, 64 rows at a time: for each chunk the areas that its rows are in, each with its
 * rows. Immutable.
 */
public final class Areas {
    private static final int CHUNK = 64;

    private final int[][] numbers;
    private final long[][] rows;
    /** By chunk. */
    private final long[] all;
    /** By area, the chunks with its rows. */
    private final int[][] chunks;

    /** Makes them from the area's number by row, -1 for none. */
    Areas(int[] byRow) {
        int end = (byRow.length + CHUNK - 1) / CHUNK;
        numbers = new int[end][];
        rows = new long[end][];
        all = new long[end];
        int areas = 0;
        for (int chunk = 0; chunk < end; chunk++) {
            int[] found = new int[CHUNK];
            long[] of = new long[CHUNK];
            int count = 0;
            for (int row = chunk * CHUNK; row < Math.min(byRow.length, (chunk + 1) * CHUNK); row++) {
                int at = 0;
                while (at < count && found[at] != byRow[row]) {
                    at++;
                }
                if (byRow[row] >= 0) {
                    count = Math.max(count, at + 1);
                    found[at] = byRow[row];
                    of[at] |= 1L << row;
                    all[chunk] |= 1L << row;
                    areas = Math.max(areas, byRow[row] + 1);
                }
            }
            numbers[chunk] = Arrays.copyOf(found, count);
            rows[chunk] = Arrays.copyOf(of, count);
        }
        chunks = chunksOf(areas);
    }

    private int[][] chunksOf(int areas) {
        int[][] found = new int[areas][0];
        for (int chunk = 0; chunk < numbers.length; chunk++) {
            for (int area : numbers[chunk]) {
                found[area] = Arrays.copyOf(found[area], found[area].length + 1);
                found[area][found[area].length - 1] = chunk;
            }
        }
        return found;
    }

    /** Adds the rows of an area to a set of rows, by chunk. */
    void addTo(long[] set, int number) {
        for (int chunk : chunks[number]) {
            set[chunk] |= of(chunk, number);
        }
    }

    /** An empty set of rows, by chunk. */
    long[] none() {
        return new long[numbers.length];
    }

    /** In how many areas the rows of a chunk are. */
    public int count(int chunk) {
        return chunk < numbers.length ? numbers[chunk].length : 0;
    }

    /** The number of one of them. */
    public int number(int chunk, int at) {
        return numbers[chunk][at];
    }

    /** The rows of a chunk that are in it. */
    public long rows(int chunk, int at) {
        return rows[chunk][at];
    }

    /** The rows of a chunk that are in the area of a number. */
    private long of(int chunk, int number) {
        for (int at = 0; at < count(chunk); at++) {
            if (numbers[chunk][at] == number) {
                return rows[chunk][at];
            }
        }
        return 0;
    }

    /** Keeps of some rows those in the area of a number; -1 = in none. */
    void keep(long[] set, int number) {
        for (int chunk = 0; chunk < set.length; chunk++) {
            set[chunk] &= set[chunk] == 0 ? 0 : of(chunk, number);
        }
    }

    /** The rows that are in any area, by chunk; not to be written to. */
    long[] all() {
        return all;
    }
}
