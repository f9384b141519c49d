package org.vinestock.dataplane.engine.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.engine.block.BlockDevice;

/**
 * Walks a disk from its beginning to its end and reads it on a thread of its own, a few pieces ahead of whoever does
 * something with them: so reading costs work on whole disks no time.
 *
 * <p><b>Calls.</b> By one thread. <b>Failure.</b> What a read throws, {@link #next} throws in its place.
 */
final class Ahead implements AutoCloseable {
    /** Short enough to stay in a processor's cache, and for devices to do it at once on the thread that asks. */
    static final int PIECE = 256 << 10;

    private static final int PIECES = 4;

    /** What is next of a disk; without content if it is all zeroes, or comes from an image that is not asked for. */
    static final class Piece {
        private final ByteBuffer content = ByteBuffer.allocateDirect(PIECE);
        private long offset;
        private long length;
        private boolean zero;
        private int depth;
        private @Nullable IOException failure;

        long offset() {
            return offset;
        }

        long end() {
            return offset + length;
        }

        boolean zero() {
            return zero;
        }

        /** Which image of the chain it comes from, 0 for the top; -1 if from none. */
        int depth() {
            return depth;
        }

        /** From position to limit. */
        ByteBuffer content() {
            return content;
        }
    }

    private final BlockDevice device;
    private final IntPredicate read;
    private final BlockingQueue<Piece> free = new ArrayBlockingQueue<>(PIECES);
    private final BlockingQueue<Piece> filled = new ArrayBlockingQueue<>(PIECES);
    private final Thread reader = new Thread(this::walk, "vinestock-image-ahead");
    private @Nullable Piece taken;
    private volatile boolean closed;

    /** @param read of which images of a chain the content is wanted, by their depth */
    Ahead(BlockDevice device, IntPredicate read) {
        this.device = device;
        this.read = read;
        for (int i = 0; i < PIECES; i++) {
            free.add(new Piece());
        }
        reader.setDaemon(true);
        reader.start();
    }

    private void walk() {
        Cursor cursor = new Cursor(device);
        long size = device.size();
        long at = 0;
        while (!closed) {
            Piece piece = take(free);
            piece.failure = null;
            piece.offset = at;
            piece.length = 0;
            try {
                if (at < size) {
                    fill(piece, cursor);
                }
            } catch (IOException e) {
                piece.failure = e;
            } catch (RuntimeException e) {
                piece.failure = new IOException("a read broke off", e);
            }
            at = piece.end();
            boolean last = piece.length == 0 || piece.failure != null;
            filled.add(piece);
            if (last) {
                return;
            }
        }
    }

    private void fill(Piece piece, Cursor cursor) throws IOException {
        cursor.seek(piece.offset);
        piece.zero = cursor.zero();
        piece.depth = cursor.depth();
        long end = cursor.end();
        if (!piece.zero && read.test(piece.depth)) {
            end = Math.min(end, piece.offset + PIECE);
            int length = (int) (end - piece.offset);
            piece.content.clear().limit(length);
            Asking.ok("read at " + piece.offset, done -> device.read(piece.offset, piece.content, done));
            piece.content.clear().limit(length);
        }
        piece.length = end - piece.offset;
    }

    /** The next piece, which is the caller's until it asks for another one; null at the end. */
    @Nullable
    Piece next() throws IOException {
        if (taken != null) {
            free.add(taken);
        }
        Piece piece = take(filled);
        taken = piece;
        if (piece.failure != null) {
            throw piece.failure;
        }
        return piece.length == 0 ? null : piece;
    }

    private static Piece take(BlockingQueue<Piece> from) {
        boolean interrupted = false;
        while (true) {
            try {
                Piece piece = from.take();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                return piece;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    /** Ends the walk; the device is not used any more when this returns. */
    @Override
    public void close() {
        closed = true;
        if (taken != null) {
            free.offer(taken);
        }
        boolean interrupted = false;
        while (reader.isAlive()) {
            // The reader waits for room only while all pieces are filled, so one of these is enough for it to see the
            // end.
            Piece unread = filled.poll();
            if (unread != null) {
                free.offer(unread);
            }
            try {
                reader.join(10);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
