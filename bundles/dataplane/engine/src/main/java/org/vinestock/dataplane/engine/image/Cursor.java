package org.vinestock.dataplane.engine.image;

import java.io.IOException;
import org.vinestock.dataplane.engine.block.BlockDevice;
import org.vinestock.dataplane.engine.block.ExtentSink;

/**
 * Walks what a disk is made of, in order. What one question was answered with is kept until it has been walked: asking
 * anew for each piece would look at all that follows it each time.
 */
final class Cursor {
    private static final int MOST_KEPT = 1024;

    private final BlockDevice device;
    private final long[] ends = new long[MOST_KEPT];
    private final byte[] kinds = new byte[MOST_KEPT];
    private final int[] depths = new int[MOST_KEPT];
    private int count;
    private int index;
    private long known;

    Cursor(BlockDevice device) {
        this.device = device;
    }

    /** Moves to the extent that holds byte {@code at} of the disk; never goes back. */
    void seek(long at) throws IOException {
        while (index < count && ends[index] <= at) {
            index++;
        }
        if (index == count) {
            ask(at);
        }
    }

    private void ask(long at) throws IOException {
        count = 0;
        index = 0;
        known = at;
        long length = device.size() - at;
        Asking.ok("extents at " + at, done -> device.extents(at, length, this::keep, done));
        if (count == 0) {
            throw new IOException("extents at " + at + ": none of " + length + " bytes");
        }
    }

    /** What does not find room is asked for again. */
    private boolean keep(long length, int kind, int depth) {
        if (known < 0) {
            return false;
        } else if (length <= 0) {
            return true;
        }
        known += length;
        if (count > 0 && kinds[count - 1] == kind && depths[count - 1] == depth) {
            ends[count - 1] = known;
        } else if (count < MOST_KEPT) {
            ends[count] = known;
            kinds[count] = (byte) kind;
            depths[count] = depth;
            count++;
        } else {
            known = -1;
        }
        return known >= 0;
    }

    /** Where the extent ends, as far as that is known. */
    long end() {
        return Math.min(ends[index], device.size());
    }

    boolean zero() {
        return (kinds[index] & ExtentSink.ZERO) != 0;
    }

    boolean allocated() {
        return (kinds[index] & ExtentSink.ALLOCATED) != 0;
    }

    /** Which image of the chain it comes from, 0 for the top; -1 if from none. */
    int depth() {
        return depths[index];
    }
}
