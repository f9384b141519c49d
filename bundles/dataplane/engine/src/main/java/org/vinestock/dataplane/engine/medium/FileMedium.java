package org.vinestock.dataplane.engine.medium;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file, or a block device of the host. Direct buffers spare a copy.
 *
 * <p>A thread that is interrupted while it reads or writes closes the channel for all: nobody interrupts those threads.
 */
public final class FileMedium implements Medium {
    private final Path file;
    private final boolean writable;
    private final FileChannel channel;
    private final @Nullable FileCalls calls;

    /** Changed by whoever opens or closes it, one at a time. */
    private @Nullable ImageLocks locks;

    private FileMedium(Path file, boolean writable, FileChannel channel) {
        this.file = file;
        this.writable = writable;
        this.channel = channel;
        this.calls = FileCalls.open(file, writable);
    }

    /**
     * Opens a file that is there.
     *
     * @throws IOException also if {@code writable} and another program uses it as an image
     */
    public static FileMedium open(Path file, boolean writable) throws IOException {
        return writable
                ? alone(file, FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE))
                : new FileMedium(file, false, FileChannel.open(file, StandardOpenOption.READ));
    }

    private static FileMedium alone(Path file, FileChannel channel) throws IOException {
        FileMedium medium = new FileMedium(file, true, channel);
        try {
            medium.keepStill();
            return medium;
        } catch (IOException e) {
            medium.close();
            throw e;
        }
    }

    @Override
    public void keepStill() throws IOException {
        if (locks == null) {
            locks = ImageLocks.take(file, writable);
        }
    }

    /** Makes a file that is not there, with nothing in it. */
    public static FileMedium create(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        return alone(file, channel);
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public boolean writable() {
        return writable;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
        long at = offset;
        while (into.hasRemaining()) {
            int count = channel.read(into, at);
            if (count < 0) {
                Zeroes.fill(into);
                return;
            }
            at += count;
        }
    }

    @Override
    public void write(long offset, ByteBuffer from) throws IOException {
        long at = offset;
        while (from.hasRemaining()) {
            at += channel.write(from, at);
        }
    }

    @Override
    public void force() throws IOException {
        channel.force(false);
    }

    @Override
    public void resize(long size) throws IOException {
        long now = channel.size();
        if (size < now) {
            channel.truncate(size);
        } else if (size > now) {
            channel.write(ByteBuffer.allocate(1), size - 1);
        }
    }

    @Override
    public boolean punch(long offset, long length) throws IOException {
        return calls != null && calls.punch(offset, length);
    }

    @Override
    public boolean zeroAllocated(long offset, long length) throws IOException {
        return calls != null && calls.zero(offset, length);
    }

    @Override
    public boolean allocate(long offset, long length) throws IOException {
        return calls != null && calls.allocate(offset, length);
    }

    @Override
    public boolean copyFrom(long offset, Medium source, long from, long length) throws IOException {
        return calls != null
                && source instanceof FileMedium file
                && file.calls != null
                && calls.copyFrom(offset, file.calls, from, length);
    }

    @Override
    public long nextData(long offset) throws IOException {
        long found = calls == null ? -2 : calls.data(offset);
        return found == -1 ? Math.max(offset, size()) : found < 0 ? offset : found;
    }

    @Override
    public long nextHole(long offset) throws IOException {
        long found = calls == null ? -2 : calls.hole(offset);
        return found < 0 ? Math.max(offset, size()) : found;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (calls != null) {
            calls.close();
        }
        if (locks != null) {
            locks.release(writable);
            locks = null;
        }
    }
}
