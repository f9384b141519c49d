package org.vinestock.dataplane.engine.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.vinestock.dataplane.engine.medium.Medium;
import org.vinestock.dataplane.engine.qcow2.format.Header;
import org.vinestock.dataplane.engine.qcow2.format.ImageRefusedException;

/**
 * How often each cluster of a file is referred to: entries of 1 to 64 bits in blocks of a cluster, found by a table.
 *
 * <p>Read and written where they lie; only the table is in memory. Owned by whoever holds the allocator's lock.
 */
final class Refcounts {
    private static final int PIECE = 4096;

    private final Medium medium;
    private final int clusterBits;
    private final int order;
    private final int blockBits;
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    private long[] table;
    private long tableOffset;

    Refcounts(Medium medium, Header header) throws IOException {
        this.medium = medium;
        this.clusterBits = header.clusterBits();
        this.order = header.refcountOrder();
        this.blockBits = clusterBits + 3 - order;
        this.tableOffset = header.refcountTableOffset();
        this.table = new long[(header.refcountTableClusters() << clusterBits) >>> 3];
        ByteBuffer bytes = ByteBuffer.allocate(table.length * Long.BYTES);
        medium.read(tableOffset, bytes);
        long fileSize = medium.size();
        for (int i = 0; i < table.length; i++) {
            table[i] = bytes.getLong(i * Long.BYTES);
            if ((table[i] & ((1L << clusterBits) - 1)) != 0 || table[i] < 0 || table[i] >= fileSize) {
                throw new ImageRefusedException(
                        medium.name(),
                        "refcount_table",
                        String.format("entry %d is %#x, which is not aligned, or over the end", i, table[i]));
            }
        }
    }

    long most() {
        return order == 6 ? Long.MAX_VALUE : (1L << (1 << order)) - 1;
    }

    /** Clusters that a block speaks of, as a power of two. */
    int blockBits() {
        return blockBits;
    }

    int tableLength() {
        return table.length;
    }

    long tableOffset() {
        return tableOffset;
    }

    int tableClusters() {
        return (int) (((long) table.length * Long.BYTES) >>> clusterBits);
    }

    /** Where a block is, or 0. */
    long block(int index) {
        return index < table.length ? table[index] : 0;
    }

    boolean covered(long cluster) {
        return cluster >>> blockBits < table.length && table[(int) (cluster >>> blockBits)] != 0;
    }

    long get(long cluster) throws IOException {
        if (!covered(cluster)) {
            return 0;
        }
        long inBlock = cluster & ((1L << blockBits) - 1);
        long at = table[(int) (cluster >>> blockBits)] + ((inBlock << order) >>> 3);
        int bytes = Math.max(1, (1 << order) >>> 3);
        medium.read(at, piece.clear().limit(bytes));
        return value(0, inBlock & mask());
    }

    /** Entries in a byte, less one, where they are shorter than one. */
    private long mask() {
        return order < 3 ? (8L >>> order) - 1 : 0;
    }

    private long value(int at, long inByte) {
        return switch (order) {
            case 3 -> piece.get(at) & 0xff;
            case 4 -> piece.getShort(at) & 0xffff;
            case 5 -> piece.getInt(at) & 0xffffffffL;
            case 6 -> piece.getLong(at);
            default -> (piece.get(at) >>> (inByte << order)) & ((1 << (1 << order)) - 1);
        };
    }

    private void value(int at, long inByte, long to) {
        switch (order) {
            case 3 -> piece.put(at, (byte) to);
            case 4 -> piece.putShort(at, (short) to);
            case 5 -> piece.putInt(at, (int) to);
            case 6 -> piece.putLong(at, to);
            default -> {
                int shift = (int) (inByte << order);
                int ones = (1 << (1 << order)) - 1;
                piece.put(at, (byte) ((piece.get(at) & ~(ones << shift)) | ((int) to << shift)));
            }
        }
    }

    /** Sets the counts of clusters that are {@link #covered}. */
    void set(long first, long count, long to) throws IOException {
        setIn(table, first, count, to);
    }

    /** The same, by a table that is not in use yet. */
    void setIn(long[] blocks, long first, long count, long to) throws IOException {
        long perPiece = ((long) PIECE * 8) >>> order;
        long at = first;
        while (at < first + count) {
            long inBlock = at & ((1L << blockBits) - 1);
            long pieceStart = inBlock & -perPiece;
            long here = Math.min(
                    Math.min(first + count - at, pieceStart + perPiece - inBlock), (1L << blockBits) - inBlock);
            setInBlock(blocks[(int) (at >>> blockBits)], inBlock, (int) here, to);
            at += here;
        }
    }

    private void setInBlock(long block, long inBlock, int count, long to) throws IOException {
        long firstByte = (inBlock << order) >>> 3;
        long endByte = (((inBlock + count) << order) + 7) >>> 3;
        piece.clear().limit((int) (endByte - firstByte));
        boolean whole = order >= 3;
        if (!whole) {
            medium.read(block + firstByte, piece);
        }
        for (int i = 0; i < count; i++) {
            long entry = inBlock + i;
            value((int) (((entry << order) >>> 3) - firstByte), entry & mask(), to);
        }
        medium.write(block + firstByte, piece.flip().limit((int) (endByte - firstByte)));
    }

    /** Reads the counts of clusters from {@code first} on. */
    void read(long first, long[] into) throws IOException {
        long at = first;
        long end = first + into.length;
        while (at < end) {
            int count = readPiece(at, end);
            long inBlock = at & ((1L << blockBits) - 1);
            long firstByte = (inBlock << order) >>> 3;
            boolean there = block((int) Math.min(Integer.MAX_VALUE, at >>> blockBits)) != 0;
            for (int i = 0; i < count; i++) {
                long entry = inBlock + i;
                into[(int) (at - first) + i] =
                        there ? value((int) (((entry << order) >>> 3) - firstByte), entry & mask()) : 0;
            }
            at += count;
        }
    }

    /** Reads the counts from {@code at} on that lie together, and says how many. */
    private int readPiece(long at, long end) throws IOException {
        long inBlock = at & ((1L << blockBits) - 1);
        long perPiece = ((long) PIECE * 8) >>> order;
        int count = (int)
                Math.min(Math.min(end - at, (inBlock & -perPiece) + perPiece - inBlock), (1L << blockBits) - inBlock);
        long block = block((int) Math.min(Integer.MAX_VALUE, at >>> blockBits));
        if (block != 0) {
            long firstByte = (inBlock << order) >>> 3;
            long endByte = (((inBlock + count) << order) + 7) >>> 3;
            medium.read(block + firstByte, piece.clear().limit((int) (endByte - firstByte)));
        }
        return count;
    }

    /** The first cluster from {@code from} on, before {@code end}, that nobody refers to, or {@code end}. */
    long firstFree(long from, long end) throws IOException {
        long at = from;
        while (at < end) {
            int index = (int) (at >>> blockBits);
            if (block(index) == 0) {
                return at;
            }
            int count = readPiece(at, end);
            long inBlock = at & ((1L << blockBits) - 1);
            long firstByte = (inBlock << order) >>> 3;
            for (int i = 0; i < count; i++) {
                long entry = inBlock + i;
                if (value((int) (((entry << order) >>> 3) - firstByte), entry & mask()) == 0) {
                    return at + i;
                }
            }
            at += count;
        }
        return end;
    }

    /** Takes a cluster full of zeroes for the block that speaks of {@code of}; durable before it is referred to. */
    void addBlock(long of, long cluster) throws IOException {
        int index = (int) (of >>> blockBits);
        long[] changed = grown(table.length);
        changed[index] = cluster << clusterBits;
        if (cluster >>> blockBits == index) {
            setIn(changed, cluster, 1, 1);
        }
        medium.force();
        medium.write(tableOffset + index * 8L, ByteBuffer.allocate(8).putLong(0, changed[index]));
        table = changed;
    }

    /** Moves to another table, which is durable already; then the header says so. */
    void moveTable(long offset, long[] entries) throws IOException {
        ByteBuffer fields = ByteBuffer.allocate(12).putLong(0, offset);
        fields.putInt(8, (int) (((long) entries.length * Long.BYTES) >>> clusterBits));
        medium.write(Header.REFCOUNT_TABLE_AT, fields);
        medium.force();
        tableOffset = offset;
        table = entries;
    }

    /** A copy of the table with room for more. */
    long[] grown(int length) {
        return Arrays.copyOf(table, length);
    }
}
