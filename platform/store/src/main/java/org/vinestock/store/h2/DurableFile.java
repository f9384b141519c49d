package org.vinestock.store.h2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBase;

/**
 * A file in which each write is on the disk before the next one begins, so that a power failure leaves what H2 can read:
 * every version that was acknowledged, and of the one after it all or nothing.
 *
 * <p>H2 writes a version as one piece, which counts if its first and its last block do, wherever there is room; then, at
 * the file's beginning, where it is. A disk that writes blocks in an order of its own could have the ends of a piece
 * without its middle, a beginning that names a piece which is not there, or a new piece in the place of one that the
 * last version on the disk still needs. So the last block of a piece is written when the rest is on the disk, and every
 * write is waited for.
 *
 * <p>A block is what a disk writes whole or not at all; H2's have 4,096 bytes.
 */
final class DurableFile extends FileBase {
    static final int BLOCK = 4_096;

    private final FileChannel file;

    DurableFile(FileChannel file) {
        this.file = file;
    }

    @Override
    public synchronized int write(ByteBuffer source, long position) throws IOException {
        int length = source.remaining();
        int last = length <= BLOCK || position == 0 ? length : BLOCK;
        writeRest(source, position, length - last);
        writeRest(source, position + length - last, last);
        return length;
    }

    private void writeRest(ByteBuffer source, long position, int length) throws IOException {
        if (length > 0) {
            ByteBuffer part = source.slice(source.position(), length);
            while (part.hasRemaining()) {
                file.write(part, position + part.position());
            }
            file.force(false);
            source.position(source.position() + length);
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        long position = file.position();
        int written = write(source, position);
        file.position(position + written);
        return written;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return file.read(target);
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the position is not touched, so many may read at once
    public int read(ByteBuffer target, long position) throws IOException {
        return file.read(target, position);
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        file.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        file.truncate(size);
        return this;
    }

    @Override
    public void force(boolean metadata) throws IOException {
        file.force(metadata);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        file.close();
    }

    @Override
    public String toString() {
        return DurablePath.SCHEME + ":" + file;
    }
}
