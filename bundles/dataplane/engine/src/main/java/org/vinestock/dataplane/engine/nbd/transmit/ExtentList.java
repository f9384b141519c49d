package org.vinestock.dataplane.engine.nbd.transmit;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.engine.block.DirtyBitmap;
import org.vinestock.dataplane.engine.block.ExtentSink;

/** Writes what a device tells of a range into a block status reply: neighbours of a kind joined, no more than there is room for. */
final class ExtentList implements ExtentSink {
    private static final int HOLE = 1;
    private static final int ZERO = 2;
    private static final int DIRTY = 1;

    private @Nullable ByteBuffer into;
    private boolean allocation;
    private long left;
    private int room;
    private int last;
    private int count;

    /** Begins a list at the buffer's position. */
    void begin(ByteBuffer buffer, boolean ofAllocation, long length, int most) {
        into = buffer;
        allocation = ofAllocation;
        left = length;
        room = most;
        count = 0;
        last = -1;
    }

    @Override
    public boolean extent(long length, int kind, int depth) {
        ByteBuffer buffer = into;
        if (left <= 0 || buffer == null || length <= 0) {
            return false;
        }
        int flags =
                allocation ? ((kind & ALLOCATED) == 0 ? HOLE : 0) | ((kind & ExtentSink.ZERO) != 0 ? ZERO : 0) : kind;
        int bytes = (int) Math.min(length, left);
        if (count > 0 && flags == last) {
            int at = buffer.position() - 8;
            buffer.putInt(at, buffer.getInt(at) + bytes);
        } else if (count < room) {
            buffer.putInt(bytes).putInt(flags);
            last = flags;
            count++;
        } else {
            left = 0;
            return false;
        }
        left -= bytes;
        return left > 0;
    }

    /** What a bitmap says. */
    void addAll(DirtyBitmap bitmap, long offset, long length) {
        long end = offset + length;
        for (long at = offset; at < end && left > 0; ) {
            long runEnd = Math.max(at + 1, bitmap.runEnd(at, end));
            extent(runEnd - at, bitmap.dirty(at) ? DIRTY : 0, 0);
            at = runEnd;
        }
    }

    int count() {
        return count;
    }
}
