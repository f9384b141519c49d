package org.vinestock.dataplane.engine.nbd;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.vinestock.dataplane.engine.block.BlockDevice;
import org.vinestock.dataplane.engine.block.Completion;
import org.vinestock.dataplane.engine.block.ExtentSink;
import org.vinestock.dataplane.engine.block.Status;
import org.vinestock.dataplane.engine.block.Zeroing;

/** A disk in memory that answers when the test wants, and as it wants. */
final class MemoryDevice implements BlockDevice {
    private volatile byte[] bytes;
    private final Executor executor;
    volatile BiFunction<String, Long, Status> fault = (what, offset) -> Status.OK;
    final AtomicInteger flushes = new AtomicInteger();
    final AtomicInteger unflushed = new AtomicInteger();

    /** Requests that were made so far. */
    final AtomicInteger begun = new AtomicInteger();

    /** @param executor on what requests are carried out; {@code Runnable::run}: at once */
    MemoryDevice(int size, Executor executor) {
        bytes = new byte[size];
        this.executor = executor;
    }

    byte[] bytes() {
        return bytes;
    }

    private void begin(String what, long offset, long length, Completion done, Runnable work) {
        begun.incrementAndGet();
        executor.execute(() -> {
            Status status = fault.apply(what, offset);
            if (status == Status.OK && (offset < 0 || length < 0 || offset + length > bytes.length)) {
                status = Status.OUT_OF_RANGE;
            }
            if (status == Status.OK) {
                synchronized (this) {
                    work.run();
                }
            }
            done.done(status);
        });
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public int preferredLength() {
        return 512;
    }

    @Override
    public void read(long offset, ByteBuffer into, Completion done) {
        begin("read", offset, into.remaining(), done, () -> into.put(bytes, (int) offset, into.remaining()));
    }

    @Override
    public void write(long offset, ByteBuffer from, boolean durable, Completion done) {
        begin("write", offset, from.remaining(), done, () -> {
            from.get(bytes, (int) offset, from.remaining());
            if (!durable) {
                unflushed.incrementAndGet();
            }
        });
    }

    @Override
    public void flush(Completion done) {
        begin("flush", 0, 0, done, () -> {
            flushes.incrementAndGet();
            unflushed.set(0);
        });
    }

    @Override
    public void discard(long offset, long length, Completion done) {
        begin("discard", offset, length, done, () -> {});
    }

    @Override
    public void writeZeroes(long offset, long length, Zeroing zeroing, boolean durable, Completion done) {
        begin("zeroes", offset, length, done, () -> {
            for (long at = offset; at < offset + length; at++) {
                bytes[(int) at] = 0;
            }
        });
    }

    /** Pages of 512 bytes without a byte that is not 0 are holes. */
    @Override
    public void extents(long offset, long length, ExtentSink into, Completion done) {
        begin("extents", offset, length, done, () -> {
            boolean wanted = true;
            for (long at = offset; at < offset + length && wanted; ) {
                long end = Math.min(offset + length, at / 512 * 512 + 512);
                boolean zero = true;
                for (long i = at; i < end; i++) {
                    zero &= bytes[(int) i] == 0;
                }
                wanted = into.extent(end - at, zero ? ExtentSink.ZERO : ExtentSink.ALLOCATED, 0);
                at = end;
            }
        });
    }

    @Override
    public void resize(long size, Completion done) {
        begin("resize", 0, 0, done, () -> bytes = java.util.Arrays.copyOf(bytes, (int) size));
    }

    @Override
    public void close() {}
}
