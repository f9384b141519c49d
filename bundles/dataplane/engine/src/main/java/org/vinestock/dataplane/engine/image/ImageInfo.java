package org.vinestock.dataplane.engine.image;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an image says of itself.
 *
 * @param format {@code raw} or {@code qcow2}
 * @param size bytes of the disk
 * @param fileLength bytes of the file, holes included
 * @param fileBytes bytes of the file that have room on its medium
 * @param version of the format; 0 for raw
 * @param clusterSize in bytes; 0 for raw
 * @param compression of clusters that are compressed, {@code zlib} or {@code zstd}; empty for raw
 * @param dirty it was not closed, so leaks are possible; whoever opens it for writing frees them
 * @param corrupt it is marked so, and is not written to before it was repaired
 * @param backingFile the name as it is written in the image, or none
 * @param backingFormat what the image says that its backing file is, or none
 * @param snapshots names of those inside of the image
 * @param bitmaps names of the dirty bitmaps that it keeps
 */
public record ImageInfo(
        Path file,
        String format,
        long size,
        long fileLength,
        long fileBytes,
        int version,
        int clusterSize,
        String compression,
        boolean dirty,
        boolean corrupt,
        @Nullable String backingFile,
        @Nullable String backingFormat,
        List<String> snapshots,
        List<String> bitmaps) {
    public ImageInfo {
        snapshots = List.copyOf(snapshots);
        bitmaps = List.copyOf(bitmaps);
    }
}
