package org.vinestock.placement;

import org.vinestock.placement.rule.RowBits;

/** Rows of hosts, found all at once. Immutable. */
public final class RowSet {
    private final long[] chunks;
    private final int size;

    RowSet(long[] chunks, int size) {
        this.chunks = chunks;
        this.size = size;
    }

    RowSet(long[] chunks) {
        this(chunks, RowBits.count(chunks));
    }

    /** The rows by chunk, for somebody who writes to them. */
    long[] copy() {
        return chunks.clone();
    }

    /** How many rows are in it. */
    public int size() {
        return size;
    }

    /** How many chunks of {@value RoomIndex#CHUNK} rows there are. */
    public int chunks() {
        return chunks.length;
    }

    /** The rows of a chunk: bit {@code n} belongs to row {@code chunk * 64 + n}. */
    public long chunk(int chunk) {
        return chunks[chunk];
    }

    /** Whether a row is in it. */
    public boolean contains(int row) {
        return row >= 0 && row >> 6 < chunks.length && (chunks[row >> 6] & 1L << row) != 0;
    }

    /** The first row from {@code row} on that is in it, or -1. */
    public int next(int row) {
        int chunk = row >> 6;
        if (chunk >= chunks.length) {
            return -1;
        }
        long rows = chunks[chunk] & -1L << row;
        while (rows == 0) {
            if (++chunk == chunks.length) {
                return -1;
            }
            rows = chunks[chunk];
        }
        return (chunk << 6) + Long.numberOfTrailingZeros(rows);
    }
}
