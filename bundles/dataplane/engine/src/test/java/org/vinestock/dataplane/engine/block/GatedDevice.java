package org.vinestock.dataplane.engine.block;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Zeroes that can be read when a gate is open. */
final class GatedDevice extends BlockingDevice {
    private final CountDownLatch gate;
    private final AtomicReference<Thread> reader;

    GatedDevice(IoThreads threads, CountDownLatch gate, AtomicReference<Thread> reader) {
        super(threads);
        this.gate = gate;
        this.reader = reader;
    }

    @Override
    protected String name() {
        return "gated";
    }

    @Override
    public long size() {
        return 1 << 30;
    }

    @Override
    public boolean writable() {
        return false;
    }

    @Override
    public int preferredLength() {
        return 4096;
    }

    @Override
    protected void doRead(long offset, ByteBuffer into) throws IOException {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        reader.set(Thread.currentThread());
    }

    @Override
    protected void doWrite(long offset, ByteBuffer from) {}

    @Override
    protected void doFlush() {}

    @Override
    protected void doDiscard(long offset, long length) {}

    @Override
    protected boolean doWriteZeroes(long offset, long length, Zeroing zeroing) {
        return false;
    }

    @Override
    protected void doExtents(long offset, long length, ExtentSink into) {}

    @Override
    protected boolean doResize(long size) {
        return false;
    }

    @Override
    protected void doClose() {}
}
