package org.vinestock.dataplane.engine.block;

/**
 * Which parts of a disk were written since some moment.
 *
 * <p><b>Calls.</b> By any thread; no call waits. A write is in the map before it completes.
 */
public interface DirtyBitmap {
    String name();

    /** How many bytes one bit stands for: a power of two. */
    int granularity();

    /** Whether writes are being noted now. */
    boolean recording();

    /** Whether the bit for the byte at {@code offset} is set. */
    boolean dirty(long offset);

    /**
     * Where the run of equal bits that {@code offset} lies in ends, at most {@code end}; it looks no further than it has to.
     */
    long runEnd(long offset, long end);
}
