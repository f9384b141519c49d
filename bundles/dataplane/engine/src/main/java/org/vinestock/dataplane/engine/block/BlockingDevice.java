package org.vinestock.dataplane.engine.block;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a device of code that waits: a format says how a request is done, this says on which thread, checks what was
 * asked, counts what is under way and turns exceptions into statuses.
 *
 * <p>While the medium answers at once - its file is in memory, say - a request is done on the caller's thread: a hand-over
 * costs more than the work. When it was slow lately, and for long requests, one of {@link IoThreads} waits instead.
 */
public abstract class BlockingDevice implements BlockDevice {
    /** Moving more than this takes so long that another thread should do it. */
    static final int LONG = 512 << 10;

    private static final System.Logger LOG = System.getLogger(BlockingDevice.class.getName());

    private final IoThreads threads;
    private final Requests requests = new Requests(this);
    private final InFlight inFlight = new InFlight();
    private final Pace pace = new Pace();
    private final Pace flushes = new Pace();
    private final Object closing = new Object();
    private volatile boolean closed;
    private boolean released;

    protected BlockingDevice(IoThreads threads) {
        this.threads = threads;
    }

    /** What people know the device by, for the log. */
    protected abstract String name();

    protected abstract void doRead(long offset, ByteBuffer into) throws IOException;

    protected abstract void doWrite(long offset, ByteBuffer from) throws IOException;

    protected abstract void doFlush() throws IOException;

    protected abstract void doDiscard(long offset, long length) throws IOException;

    /** Returns false, with nothing changed, if that way of zeroing is not open here. */
    protected abstract boolean doWriteZeroes(long offset, long length, Zeroing zeroing) throws IOException;

    protected abstract void doExtents(long offset, long length, ExtentSink into) throws IOException;

    /** Returns false, with nothing changed, if the device cannot have that size. */
    protected abstract boolean doResize(long size) throws IOException;

    /** Makes all durable and lets go of the medium; called once, when nothing is under way. */
    protected abstract void doClose() throws IOException;

    /** What is under way, for formats that hand room on. */
    protected final InFlight inFlight() {
        return inFlight;
    }

    @Override
    public final void read(long offset, ByteBuffer into, Completion done) {
        int slot = inFlight.enter();
        int length = into.remaining();
        Status refused = outside(offset, length);
        if (refused != Status.OK) {
            end(slot, refused, done);
        } else if ((pace.quick() && length <= LONG) || done.waits()) {
            long began = System.nanoTime();
            Status status = Status.OK;
            try {
                doRead(offset, into);
            } catch (IOException | RuntimeException e) {
                status = failed("read", offset, length, e);
            }
            pace.took(System.nanoTime() - began, length);
            end(slot, status, done);
        } else {
            requests.hand(Operation.READ, slot, offset, length, into, done);
        }
    }

    @Override
    public final void write(long offset, ByteBuffer from, boolean durable, Completion done) {
        start(durable ? Operation.WRITE_DURABLE : Operation.WRITE, offset, from.remaining(), from, done);
    }

    @Override
    public final void flush(Completion done) {
        start(Operation.FLUSH, 0, 0, null, done);
    }

    @Override
    public final void discard(long offset, long length, Completion done) {
        start(Operation.DISCARD, offset, length, null, done);
    }

    @Override
    public final void writeZeroes(long offset, long length, Zeroing zeroing, boolean durable, Completion done) {
        start(Operation.zeroing(zeroing, durable), offset, length, null, done);
    }

    @Override
    public final void extents(long offset, long length, ExtentSink into, Completion done) {
        int slot = inFlight.enter();
        Status refused = outside(offset, length);
        if (refused != Status.OK) {
            end(slot, refused, done);
        } else if (pace.quick() || done.waits()) {
            end(slot, extentsNow(offset, length, into), done);
        } else {
            threads.submit(new IoThreads.Task() {
                @Override
                public void run() {
                    end(slot, extentsNow(offset, length, into), done);
                }
            });
        }
    }

    private Status extentsNow(long offset, long length, ExtentSink into) {
        long began = System.nanoTime();
        try {
            doExtents(offset, length, into);
            return Status.OK;
        } catch (IOException | RuntimeException e) {
            return failed("extents", offset, length, e);
        } finally {
            pace.took(System.nanoTime() - began, 0);
        }
    }

    @Override
    public final void resize(long size, Completion done) {
        start(Operation.RESIZE, 0, size, null, done);
    }

    private void start(Operation operation, long offset, long length, @Nullable ByteBuffer buffer, Completion done) {
        int slot = inFlight.enter();
        Status refused = refusal(operation, offset, length);
        if (refused != Status.OK) {
            end(slot, refused, done);
        } else if ((quick(operation) && (length <= LONG || buffer == null)) || done.waits()) {
            end(slot, perform(operation, offset, length, buffer), done);
        } else {
            requests.hand(operation, slot, offset, length, buffer, done);
        }
    }

    private boolean quick(Operation operation) {
        return pace.quick() && (!operation.flushes() || flushes.quick());
    }

    private Status refusal(Operation operation, long offset, long length) {
        if (closed) {
            return Status.SHUT_DOWN;
        } else if (operation == Operation.FLUSH) {
            return Status.OK;
        } else if (!writable()) {
            return Status.READ_ONLY;
        } else if (operation == Operation.RESIZE) {
            return length < 0 ? Status.OUT_OF_RANGE : Status.OK;
        }
        return outside(offset, length);
    }

    private Status outside(long offset, long length) {
        if (closed) {
            return Status.SHUT_DOWN;
        }
        return offset < 0 || length < 0 || offset > size() - length ? Status.OUT_OF_RANGE : Status.OK;
    }

    /** Does it on this thread, and notes how long that took. */
    final Status perform(Operation operation, long offset, long length, @Nullable ByteBuffer buffer) {
        long began = System.nanoTime();
        try {
            Status status = attempt(operation, offset, length, buffer);
            if (operation != Operation.FLUSH) {
                pace.took(System.nanoTime() - began, length);
            }
            if (status == Status.OK && operation.flushes()) {
                long flushing = System.nanoTime();
                doFlush();
                flushes.took(System.nanoTime() - flushing, 0);
            }
            return status;
        } catch (IOException | RuntimeException e) {
            return failed(operation.name(), offset, length, e);
        }
    }

    private Status attempt(Operation operation, long offset, long length, @Nullable ByteBuffer buffer)
            throws IOException {
        switch (operation) {
            case READ -> doRead(offset, buffer(buffer));
            case WRITE, WRITE_DURABLE -> doWrite(offset, buffer(buffer));
            case DISCARD -> doDiscard(offset, length);
            case RESIZE -> {
                return doResize(length) ? Status.OK : Status.NOT_SUPPORTED;
            }
            case FLUSH -> {}
            default -> {
                return doWriteZeroes(offset, length, operation.zeroing()) ? Status.OK : Status.NOT_SUPPORTED;
            }
        }
        return Status.OK;
    }

    private static ByteBuffer buffer(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            throw new IllegalStateException("no buffer");
        }
        return buffer;
    }

    /** Ends a request. */
    final void end(int slot, Status status, Completion done) {
        inFlight.exit(slot);
        done.done(status);
    }

    final IoThreads threads() {
        return threads;
    }

    private Status failed(String what, long offset, long length, Exception cause) {
        Status status = Failures.status(cause);
        LOG.log(
                status == Status.NO_SPACE ? System.Logger.Level.WARNING : System.Logger.Level.ERROR,
                name() + ": " + what + " of " + length + " bytes at " + offset + ": " + cause.getMessage(),
                // The words of the system say enough; anything else is a defect of ours.
                cause instanceof IOException ? null : cause);
        return status;
    }

    @Override
    public final void close() throws IOException {
        closed = true;
        synchronized (closing) {
            if (!released) {
                released = true;
                inFlight.awaitNone(0);
                doClose();
            }
        }
    }
}
