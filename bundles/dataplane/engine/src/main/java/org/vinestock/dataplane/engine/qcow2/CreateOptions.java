package org.vinestock.dataplane.engine.qcow2;

import org.jspecify.annotations.Nullable;

/**
 * What a new qcow2 image is to be.
 *
 * @param size of the disk in bytes
 * @param version 2 or 3
 * @param clusterBits 9 to 21
 * @param refcountBits 1, 2, 4 to 64; 16 with version 2
 * @param zstd whether compressed clusters are packed by zstd instead of zlib; version 3
 * @param lazyRefcounts whether other programs may put off counting; version 3
 * @param backingFile what backs it, as it is to be written into the image, or none
 * @param backingFormat raw or qcow2, with a backing file
 */
public record CreateOptions(
        long size,
        int version,
        int clusterBits,
        int refcountBits,
        boolean zstd,
        boolean lazyRefcounts,
        Preallocation preallocation,
        @Nullable String backingFile,
        @Nullable String backingFormat) {

    /** What is there before anything is written. */
    public enum Preallocation {
        /** Nothing but the first tables. */
        OFF,
        /** All tables: writes need not change any. */
        METADATA,
        /** And room on the medium: writes cannot run out of it. */
        FALLOC,
        /** And every byte is written. */
        FULL
    }

    public CreateOptions {
        require(size >= 0, "size", size);
        require(version == 2 || version == 3, "version", version);
        require(clusterBits >= 9 && clusterBits <= 21, "clusterBits", clusterBits);
        require(Integer.bitCount(refcountBits) == 1 && refcountBits <= 64, "refcountBits", refcountBits);
        if (version == 2 && (refcountBits != 16 || zstd || lazyRefcounts)) {
            throw new IllegalArgumentException(
                    "version 2 knows no other refcounts than of 16 bits, no zstd, no lazy ones");
        }
        if ((backingFile == null) != (backingFormat == null)) {
            throw new IllegalArgumentException("a backing file and its format are given together or not at all");
        }
        if (backingFile != null && preallocation != Preallocation.OFF) {
            throw new IllegalArgumentException("what is preallocated would hide the backing file");
        }
    }

    private static void require(boolean holds, String what, long value) {
        if (!holds) {
            throw new IllegalArgumentException(what + " " + value);
        }
    }

    /** As most programs make them: version 3, clusters of 64 KiB, refcounts of 16 bits, zlib. */
    public static CreateOptions of(long size) {
        return new CreateOptions(size, 3, 16, 16, false, false, Preallocation.OFF, null, null);
    }

    /** The same on a backing file. */
    public CreateOptions backedBy(String file, String format) {
        return new CreateOptions(
                size, version, clusterBits, refcountBits, zstd, lazyRefcounts, preallocation, file, format);
    }

    public CreateOptions withVersion(int other) {
        return new CreateOptions(
                size, other, clusterBits, refcountBits, zstd, lazyRefcounts, preallocation, backingFile, backingFormat);
    }

    public CreateOptions withClusterBits(int bits) {
        return new CreateOptions(
                size, version, bits, refcountBits, zstd, lazyRefcounts, preallocation, backingFile, backingFormat);
    }

    public CreateOptions withRefcountBits(int bits) {
        return new CreateOptions(
                size, version, clusterBits, bits, zstd, lazyRefcounts, preallocation, backingFile, backingFormat);
    }

    public CreateOptions withZstd(boolean on) {
        return new CreateOptions(
                size, version, clusterBits, refcountBits, on, lazyRefcounts, preallocation, backingFile, backingFormat);
    }

    public CreateOptions withPreallocation(Preallocation what) {
        return new CreateOptions(
                size, version, clusterBits, refcountBits, zstd, lazyRefcounts, what, backingFile, backingFormat);
    }
}
