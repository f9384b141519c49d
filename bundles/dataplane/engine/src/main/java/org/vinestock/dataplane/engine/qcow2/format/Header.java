package org.vinestock.dataplane.engine.qcow2.format;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first cluster of an image, read and found sound by {@link HeaderReader}. Names are those of the specification.
 *
 * @param backingFile the name as it is written, or none
 * @param backingFormat the format that the image says its backing file has, or none
 * @param bitmaps where the directory of bitmaps is, or none
 * @param others extensions that nothing is known about, kept as they are
 */
public record Header(
        int version,
        int clusterBits,
        long size,
        int l1Size,
        long l1TableOffset,
        long refcountTableOffset,
        int refcountTableClusters,
        int snapshotCount,
        long snapshotsOffset,
        long incompatibleFeatures,
        long compatibleFeatures,
        long autoclearFeatures,
        int refcountOrder,
        int headerLength,
        int compressionType,
        @Nullable String backingFile,
        @Nullable String backingFormat,
        @Nullable BitmapsExtension bitmaps,
        List<Extension> others) {

    /** Where the fields are that change while an image is in use. */
    public static final int SIZE_AT = 24;

    public static final int REFCOUNT_TABLE_AT = 48;
    public static final int INCOMPATIBLE_AT = 72;
    public static final int AUTOCLEAR_AT = 88;

    public static final int MAGIC = 0x514649fb;
    public static final int LENGTH_V2 = 72;
    public static final int LENGTH_V3 = 104;

    /** Bits of the incompatible features. */
    public static final long DIRTY = 1;

    public static final long CORRUPT = 2;
    public static final long DATA_FILE = 4;
    public static final long COMPRESSION = 8;
    public static final long EXTENDED_L2 = 16;

    /** Bit of the compatible features. */
    public static final long LAZY_REFCOUNTS = 1;

    /** Bits of the auto-clear features. */
    public static final long BITMAPS = 1;

    public static final long RAW_DATA_FILE = 2;

    public static final int MOST_CLUSTER_BITS = 21;
    public static final long MOST_L1_BYTES = 32L << 20;
    public static final long MOST_REFCOUNT_TABLE_BYTES = 8L << 20;
    public static final int MOST_SNAPSHOTS = 65_536;
    public static final int MOST_BITMAPS = 65_535;
    public static final int LONGEST_BACKING_FILE = 1023;

    /** Kinds of extensions. */
    static final int END = 0;

    static final int BACKING_FORMAT = 0xe2792aca;
    static final int FEATURE_NAMES = 0x6803f857;
    static final int BITMAPS_EXTENSION = 0x23852875;
    static final int ENCRYPTION = 0x0537be77;
    static final int DATA_FILE_NAME = 0x44415441;

    /** An extension of the header as it is. */
    public record Extension(int type, List<Byte> data) {}

    /** Where the bitmaps' directory is. */
    public record BitmapsExtension(int count, long directorySize, long directoryOffset) {}

    public Header {
        others = List.copyOf(others);
    }

    public int clusterSize() {
        return 1 << clusterBits;
    }

    public int refcountBits() {
        return 1 << refcountOrder;
    }

    public boolean dirty() {
        return (incompatibleFeatures & DIRTY) != 0;
    }

    public boolean corrupt() {
        return (incompatibleFeatures & CORRUPT) != 0;
    }

    public boolean lazyRefcounts() {
        return (compatibleFeatures & LAZY_REFCOUNTS) != 0;
    }

    public boolean zstd() {
        return compressionType == 1;
    }

    /** How many entries the L1 table needs for {@code bytes} of disk. */
    public long l1EntriesFor(long bytes) {
        int shift = clusterBits + clusterBits - 3;
        return (bytes >>> shift) + ((bytes & ((1L << shift) - 1)) == 0 ? 0 : 1);
    }

    /** The same image with other tables and size. */
    public Header with(long newSize, int newL1Size, long newL1TableOffset) {
        return new Header(
                version,
                clusterBits,
                newSize,
                newL1Size,
                newL1TableOffset,
                refcountTableOffset,
                refcountTableClusters,
                snapshotCount,
                snapshotsOffset,
                incompatibleFeatures,
                compatibleFeatures,
                autoclearFeatures,
                refcountOrder,
                headerLength,
                compressionType,
                backingFile,
                backingFormat,
                bitmaps,
                others);
    }

    /** The same image on another backing file, or on none. */
    public Header backedBy(@Nullable String file, @Nullable String format) {
        return new Header(
                version,
                clusterBits,
                size,
                l1Size,
                l1TableOffset,
                refcountTableOffset,
                refcountTableClusters,
                snapshotCount,
                snapshotsOffset,
                incompatibleFeatures,
                compatibleFeatures,
                autoclearFeatures,
                refcountOrder,
                headerLength,
                compressionType,
                file,
                format,
                bitmaps,
                others);
    }
}
