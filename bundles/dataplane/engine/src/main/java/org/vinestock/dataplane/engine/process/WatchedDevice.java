package org.vinestock.dataplane.engine.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.vinestock.dataplane.engine.block.BlockDevice;
import org.vinestock.dataplane.engine.block.Completion;
import org.vinestock.dataplane.engine.block.ExtentSink;
import org.vinestock.dataplane.engine.block.Status;
import org.vinestock.dataplane.engine.block.Zeroing;
import org.vinestock.dataplane.engine.image.Progress;

/** A disk that is read from its beginning to its end: how far is told, and it ends where that is no longer wanted. */
record WatchedDevice(BlockDevice device, Progress progress) implements BlockDevice {
    @Override
    public long size() {
        return device.size();
    }

    @Override
    public boolean writable() {
        return false;
    }

    @Override
    public int preferredLength() {
        return device.preferredLength();
    }

    @Override
    public void read(long offset, ByteBuffer into, Completion done) {
        if (progress.goesOn(offset, size())) {
            device.read(offset, into, done);
        } else {
            done.done(Status.SHUT_DOWN);
        }
    }

    @Override
    public void extents(long offset, long length, ExtentSink into, Completion done) {
        if (progress.goesOn(offset, size())) {
            device.extents(offset, length, into, done);
        } else {
            done.done(Status.SHUT_DOWN);
        }
    }

    @Override
    public void write(long offset, ByteBuffer from, boolean durable, Completion done) {
        done.done(Status.READ_ONLY);
    }

    @Override
    public void flush(Completion done) {
        done.done(Status.OK);
    }

    @Override
    public void discard(long offset, long length, Completion done) {
        done.done(Status.READ_ONLY);
    }

    @Override
    public void writeZeroes(long offset, long length, Zeroing zeroing, boolean durable, Completion done) {
        done.done(Status.READ_ONLY);
    }

    @Override
    public void resize(long size, Completion done) {
        done.done(Status.READ_ONLY);
    }

    @Override
    public void close() throws IOException {
        device.close();
    }
}
