package org.vinestock.dataplane;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.model.ByteCount;

/**
 * What an image is.
 *
 * @param format {@code raw} or {@code qcow2}
 * @param size what a guest sees
 * @param allocated what the file takes on its disk
 * @param clusterSize 0 for a raw one
 * @param version of the format, 0 for a raw one
 * @param backing the file that it is backed by, as an absolute path; null = none
 * @param dirty whether it was not closed properly; then it is put in order when it is opened for writing
 * @param snapshots names of the snapshots in it
 * @param bitmaps names of the dirty bitmaps in it
 */
public record ImageInfo(
        String file,
        String format,
        ByteCount size,
        ByteCount allocated,
        long clusterSize,
        int version,
        @Nullable String backing,
        @Nullable String backingFormat,
        boolean dirty,
        List<String> snapshots,
        List<String> bitmaps) {
    /** Copies the lists. */
    public ImageInfo {
        snapshots = List.copyOf(snapshots);
        bitmaps = List.copyOf(bitmaps);
    }
}
