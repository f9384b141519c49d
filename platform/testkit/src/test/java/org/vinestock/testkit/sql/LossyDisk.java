package org.vinestock.testkit.sql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A disk in front of which the operating system keeps what is written until it is told to write it: the real file has
 * only what was forced. {@link #image} shows what a power failure could leave: of the blocks that wait any, in any order.
 * H2 uses it where an address has the scheme {@code lossy}.
 */
final class LossyDisk {
    private static final int BLOCK = 4_096;
    private static final Map<String, LossyDisk> OPEN = new ConcurrentHashMap<>();

    private final Path path;
    private final FileChannel file;
    private final TreeMap<Long, byte[]> waiting = new TreeMap<>();
    private long size;
    private Watcher watcher = () -> {};

    /** Is told before each write, truncation and force, while nobody else gets at the disk. */
    @FunctionalInterface
    interface Watcher {
        void before() throws IOException;
    }

    private LossyDisk(Path path) {
        this.path = path;
        try {
            file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            size = file.size();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The one behind a file of the scheme. */
    static LossyDisk of(Path path) {
        FilePath.register(new Scheme());
        return OPEN.computeIfAbsent(path.toString(), name -> new LossyDisk(Path.of(name)));
    }

    synchronized void watch(Watcher by) {
        watcher = by;
    }

    /** Writes what could be on the disk if the power failed now; some of what waits, drawn from {@code random}. */
    synchronized void image(Path to, SplittableRandom random) throws IOException {
        Files.copy(path, to);
        try (FileChannel image = FileChannel.open(to, StandardOpenOption.WRITE)) {
            for (Map.Entry<Long, byte[]> block : waiting.entrySet()) {
                if (random.nextBoolean()) {
                    image.write(ByteBuffer.wrap(block.getValue()), block.getKey() * BLOCK);
                }
            }
            if (random.nextBoolean()) {
                image.truncate(size);
            }
        }
    }

    private synchronized int read(ByteBuffer target, long position) throws IOException {
        int length = (int) Math.min(target.remaining(), size - position);
        if (length <= 0) {
            return target.hasRemaining() ? -1 : 0;
        }
        for (long at = position; at < position + length; ) {
            int from = (int) (at % BLOCK);
            int count = (int) Math.min(BLOCK - from, position + length - at);
            target.put(block(at / BLOCK), from, count);
            at += count;
        }
        return length;
    }

    private byte[] block(long number) throws IOException {
        byte[] block = waiting.get(number);
        if (block == null) {
            block = new byte[BLOCK];
            file.read(ByteBuffer.wrap(block), number * BLOCK);
        }
        return block;
    }

    private synchronized int write(ByteBuffer source, long position) throws IOException {
        watcher.before();
        int length = source.remaining();
        for (long at = position; at < position + length; ) {
            int from = (int) (at % BLOCK);
            int count = (int) Math.min(BLOCK - from, position + length - at);
            byte[] block = block(at / BLOCK).clone();
            source.get(block, from, count);
            waiting.put(at / BLOCK, block);
            at += count;
        }
        size = Math.max(size, position + length);
        return length;
    }

    private synchronized void truncate(long to) throws IOException {
        watcher.before();
        size = Math.min(size, to);
        waiting.tailMap((to + BLOCK - 1) / BLOCK).clear();
    }

    private synchronized void force() throws IOException {
        watcher.before();
        for (Map.Entry<Long, byte[]> block : waiting.entrySet()) {
            file.write(ByteBuffer.wrap(block.getValue()), block.getKey() * BLOCK);
        }
        waiting.clear();
        if (file.size() > size) {
            file.truncate(size);
        }
    }

    private synchronized long size() {
        return size;
    }

    /** The scheme {@code lossy}. */
    public static final class Scheme extends FilePathWrapper {
        @Override
        public String getScheme() {
            return "lossy";
        }

        @Override
        public FileChannel open(String mode) {
            return new Channel(of(Path.of(unwrap().toString())));
        }

        @Override
        public long size() {
            return of(Path.of(unwrap().toString())).size();
        }
    }

    private static final class Channel extends FileBase {
        private final LossyDisk disk;
        private long position;

        Channel(LossyDisk disk) {
            this.disk = disk;
        }

        @Override
        public synchronized int read(ByteBuffer target, long from) throws IOException {
            return disk.read(target, from);
        }

        @Override
        public synchronized int write(ByteBuffer source, long to) throws IOException {
            return disk.write(source, to);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            int count = disk.read(target, position);
            position += Math.max(0, count);
            return count;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            int count = disk.write(source, position);
            position += count;
            return count;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public FileChannel position(long to) {
            position = to;
            return this;
        }

        @Override
        public long size() {
            return disk.size();
        }

        @Override
        public FileChannel truncate(long to) throws IOException {
            disk.truncate(to);
            return this;
        }

        @Override
        public void force(boolean metadata) throws IOException {
            disk.force();
        }

        @Override
        public FileLock tryLock(long from, long count, boolean shared) {
            return new FileLock(this, from, count, shared) {
                @Override
                public boolean isValid() {
                    return true;
                }

                @Override
                public void release() {}
            };
        }
    }
}
