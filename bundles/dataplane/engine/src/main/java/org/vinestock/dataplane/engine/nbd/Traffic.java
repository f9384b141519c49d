package org.vinestock.dataplane.engine.nbd;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What clients read and write of an export: how much, and roughly where, by granules of at least 1 MiB. Counted without
 * locks by the connections' threads; two that count at the same place at once may lose one. A reader sees counts that
 * only grow.
 */
public final class Traffic {
    private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int GRANULES = 1024;
    private static final int READS = 0;
    private static final int READ_BYTES = 1;
    private static final int WRITES = 2;
    private static final int WRITTEN_BYTES = 3;
    private static final int FLUSHES = 4;
    private static final int OTHERS = 5;

    private final long[] totals = new long[6];
    private final long[] reads = new long[GRANULES];
    private final long[] writes = new long[GRANULES];
    private final int shift;

    public Traffic(long size) {
        int bits = 20;
        while (size >>> bits > GRANULES) {
            bits++;
        }
        shift = bits;
    }

    public void read(long offset, long length) {
        count(totals, READS, 1);
        count(totals, READ_BYTES, length);
        count(reads, granule(offset), length);
    }

    public void write(long offset, long length) {
        count(totals, WRITES, 1);
        count(totals, WRITTEN_BYTES, length);
        count(writes, granule(offset), length);
    }

    public void flush() {
        count(totals, FLUSHES, 1);
    }

    public void other() {
        count(totals, OTHERS, 1);
    }

    /** A long request counts where it begins. */
    private int granule(long offset) {
        return (int) Math.min(GRANULES - 1, offset >>> shift);
    }

    private static void count(long[] cells, int at, long more) {
        CELLS.setOpaque(cells, at, (long) CELLS.getOpaque(cells, at) + more);
    }

    private static long get(long[] cells, int at) {
        return (long) CELLS.getOpaque(cells, at);
    }

    /** Bytes that a granule stands for; the last one stands for all that follows, too. */
    public long granuleBytes() {
        return 1L << shift;
    }

    public int granules() {
        return GRANULES;
    }

    public long readAt(int granule) {
        return get(reads, granule);
    }

    public long writtenAt(int granule) {
        return get(writes, granule);
    }

    public long reads() {
        return get(totals, READS);
    }

    public long readBytes() {
        return get(totals, READ_BYTES);
    }

    public long writes() {
        return get(totals, WRITES);
    }

    public long writtenBytes() {
        return get(totals, WRITTEN_BYTES);
    }

    public long flushes() {
        return get(totals, FLUSHES);
    }

    public long others() {
        return get(totals, OTHERS);
    }
}
