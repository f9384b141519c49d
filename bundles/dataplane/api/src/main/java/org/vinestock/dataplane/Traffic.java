package org.vinestock.dataplane;

import java.util.List;

/**
 * What clients did with an export since its process began.
 *
 * @param reads requests; bytes beside them
 * @param granule size in bytes of the pieces of the disk that {@code touched} counts
 * @param touched pieces with any traffic, in order of their index
 */
public record Traffic(
        ExportId export,
        long reads,
        long readBytes,
        long writes,
        long writtenBytes,
        long flushes,
        long granule,
        List<Touched> touched) {
    /** Copies the list. */
    public Traffic {
        touched = List.copyOf(touched);
    }

    /** How often a piece was read and written. */
    public record Touched(long index, long reads, long writes) {}
}
