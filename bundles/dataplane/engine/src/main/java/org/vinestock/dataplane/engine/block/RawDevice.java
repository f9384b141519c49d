package org.vinestock.dataplane.engine.block;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.vinestock.dataplane.engine.medium.Medium;
import org.vinestock.dataplane.engine.medium.Zeroes;

/** A medium as it is, byte for byte: a raw image. */
public final class RawDevice extends BlockingDevice {
    private final Medium medium;
    private volatile long size;

    /**
     * The device closes {@code medium} with itself.
     *
     * @throws IOException if another program may be changing it; then it is closed
     */
    public RawDevice(Medium medium, IoThreads threads) throws IOException {
        super(threads);
        this.medium = medium;
        try {
            if (!medium.writable()) {
                medium.keepStill();
            }
            this.size = medium.size();
        } catch (IOException e) {
            medium.close();
            throw e;
        }
    }

    @Override
    protected String name() {
        return medium.name();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean writable() {
        return medium.writable();
    }

    @Override
    public int preferredLength() {
        return 4096;
    }

    @Override
    protected void doRead(long offset, ByteBuffer into) throws IOException {
        medium.read(offset, into);
    }

    @Override
    protected void doWrite(long offset, ByteBuffer from) throws IOException {
        medium.write(offset, from);
    }

    @Override
    protected void doFlush() throws IOException {
        medium.force();
    }

    @Override
    protected void doDiscard(long offset, long length) throws IOException {
        if (length > 0) {
            medium.punch(offset, length);
        }
    }

    @Override
    protected boolean doWriteZeroes(long offset, long length, Zeroing zeroing) throws IOException {
        if (length == 0) {
            return true;
        } else if (zeroing == Zeroing.KEEP_ALLOCATED
                ? medium.zeroAllocated(offset, length)
                : medium.punch(offset, length)) {
            return true;
        } else if (zeroing == Zeroing.FAST_ONLY) {
            return false;
        }
        for (long done = 0; done < length; ) {
            int count = (int) Math.min(Zeroes.most(), length - done);
            medium.write(offset + done, Zeroes.of(count));
            done += count;
        }
        return true;
    }

    /**
     * Takes bytes of a medium over by the system, see {@link Medium#copyFrom}, on the caller's thread; false where that way
     * is not open. For work on whole disks, while nothing else is asked of this one.
     */
    public boolean take(long offset, Medium source, long from, long length) throws IOException {
        return medium.copyFrom(offset, source, from, length);
    }

    @Override
    protected void doExtents(long offset, long length, ExtentSink into) throws IOException {
        long at = offset;
        long end = offset + length;
        boolean wanted = true;
        while (at < end && wanted) {
            long data = Math.min(medium.nextData(at), end);
            if (data > at) {
                wanted = into.extent(data - at, ExtentSink.ZERO, 0);
                at = data;
            } else {
                // A hole that another thread fills meanwhile must not hold us here.
                long hole = Math.max(at + 1, Math.min(medium.nextHole(at), end));
                wanted = into.extent(hole - at, ExtentSink.ALLOCATED, 0);
                at = hole;
            }
        }
    }

    @Override
    protected boolean doResize(long to) throws IOException {
        if (to < size) {
            size = to;
            medium.resize(to);
        } else {
            medium.resize(to);
            size = to;
        }
        return true;
    }

    @Override
    protected void doClose() throws IOException {
        try (medium) {
            if (medium.writable()) {
                medium.force();
            }
        }
    }
}
