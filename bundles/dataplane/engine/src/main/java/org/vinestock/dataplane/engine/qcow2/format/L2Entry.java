package org.vinestock.dataplane.engine.qcow2.format;

/** An entry of an L2 table as it is in the file. */
public final class L2Entry {
    /** The cluster's refcount is exactly one. */
    public static final long COPIED = 1L << 63;

    public static final long COMPRESSED = 1L << 62;

    /** It reads as zeroes; from version 3 on. */
    public static final long ZERO = 1;

    /** The offset in entries of L1 and of L2 tables. */
    public static final long OFFSET = 0x00fffffffffffe00L;

    private static final long RESERVED = 0x3f000000000001feL;
    private static final long L1_RESERVED = 0x7f000000000001ffL;

    private L2Entry() {}

    /** Whether a standard entry says what the format allows, for a file of {@code fileSize} bytes. */
    public static boolean sound(long entry, int version, int clusterBits, long fileSize) {
        long offset = entry & OFFSET;
        return (entry & RESERVED) == 0
                && (version == 3 || (entry & ZERO) == 0)
                && (offset & ((1L << clusterBits) - 1)) == 0
                && (offset == 0 ? (entry & COPIED) == 0 : offset < fileSize);
    }

    /** Whether an entry of an L1 table does. */
    public static boolean soundL1(long entry, int clusterBits, long fileSize) {
        long offset = entry & OFFSET;
        return (entry & L1_RESERVED) == 0
                && (offset & ((1L << clusterBits) - 1)) == 0
                && (offset == 0 ? entry == 0 : offset < fileSize);
    }

    /** Where the data of a compressed cluster begins in the file. */
    public static long compressedOffset(long entry, int clusterBits) {
        return entry & ((1L << (62 - (clusterBits - 8))) - 1);
    }

    /** How many bytes of the file hold it, with what may follow in its last sector. */
    public static int compressedLength(long entry, int clusterBits) {
        int shift = 62 - (clusterBits - 8);
        long sectors = (entry & (COMPRESSED - 1)) >>> shift;
        return (int) ((sectors + 1) * 512 - (compressedOffset(entry, clusterBits) & 511));
    }

    /** The entry of {@code length} compressed bytes at {@code offset}. */
    public static long compressed(long offset, int length, int clusterBits) {
        long sectors = ((offset + length - 1) >>> 9) - (offset >>> 9);
        return COMPRESSED | sectors << (62 - (clusterBits - 8)) | offset;
    }
}
