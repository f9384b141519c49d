package org.vinestock.dataplane.engine.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.vinestock.dataplane.engine.block.BlockDevice;
import org.vinestock.dataplane.engine.block.IoThreads;
import org.vinestock.dataplane.engine.block.RawDevice;
import org.vinestock.dataplane.engine.block.Zeroing;
import org.vinestock.dataplane.engine.medium.FileMedium;
import org.vinestock.dataplane.engine.medium.Zeroes;
import org.vinestock.dataplane.engine.qcow2.OpenOptions;
import org.vinestock.dataplane.engine.qcow2.Qcow2;
import org.vinestock.dataplane.engine.qcow2.Qcow2Device;

/**
 * Work on whole disks: copied, compared, committed.
 *
 * <p><b>Calls.</b> Each waits until it is done, on the caller's thread; the devices are the caller's.
 */
public final class Images {
    /** What the system copies before somebody may end the work. */
    private static final long HANDED = 16L << 20;

    private static final int SECTOR = 512;
    private static final int GRAIN = 64 << 10;

    private Images() {}

    /** Opens an image, {@code raw} or {@code qcow2}, as a disk. */
    public static BlockDevice open(Path file, String format, boolean writable, IoThreads threads) throws IOException {
        return switch (format) {
            case "raw" -> new RawDevice(FileMedium.open(file, writable), threads);
            case "qcow2" -> Qcow2.open(file, writable ? OpenOptions.forWriting() : OpenOptions.readOnly(), threads);
            default -> throw new IllegalArgumentException("format " + format + " is neither raw nor qcow2");
        };
    }

    /**
     * Copies a disk to one that is at least as long and reads as zeroes, and leaves room out where there are none but
     * zeroes.
     *
     * @return false if {@code progress} ended it
     */
    public static boolean copy(BlockDevice from, BlockDevice to, Progress progress) throws IOException {
        try (Ahead ahead = new Ahead(from, any -> true)) {
            for (Ahead.Piece piece = ahead.next(); piece != null; piece = ahead.next()) {
                if (!piece.zero()) {
                    writeData(to, piece.offset(), piece.content());
                }
                if (!progress.goesOn(piece.end(), from.size())) {
                    return false;
                }
            }
        }
        Asking.ok("flush", to::flush);
        return progress.goesOn(from.size(), from.size());
    }

    /**
     * Copies a disk to a new image whose clusters are compressed the way that {@link Qcow2#create} was told.
     *
     * @return false if {@code progress} ended it
     */
    public static boolean copyCompressed(BlockDevice from, Qcow2Device to, Progress progress) throws IOException {
        int cluster = to.preferredLength();
        ByteBuffer content = ByteBuffer.allocateDirect(cluster);
        Cursor cursor = new Cursor(from);
        try (Qcow2Device.Packed packed = to.packed()) {
            for (long at = 0; at < from.size(); at += cluster) {
                if (zeroesUntil(from, cursor, at) < Math.min(at + cluster, from.size())) {
                    readPadded(from, at, content.clear());
                    if (!Zeroes.only(content, 0, cluster)) {
                        packed.write(at, content, (int) Math.min(cluster, from.size() - at));
                    }
                }
                if (!progress.goesOn(at, from.size())) {
                    return false;
                }
            }
        }
        Asking.ok("flush", to::flush);
        return progress.goesOn(from.size(), from.size());
    }

    /** What an image says of itself; what backs it need not be there. */
    public static ImageInfo info(Path file, String format) throws IOException {
        return Infos.of(file, format);
    }

    /** What all of a disk is made of, in order and without a gap; neighbours differ. */
    public static void map(BlockDevice device, Consumer<Extent> into) throws IOException {
        Cursor cursor = new Cursor(device);
        Extent last = null;
        for (long at = 0; at < device.size(); at = cursor.end()) {
            cursor.seek(at);
            Extent next = new Extent(at, cursor.end() - at, cursor.zero(), cursor.allocated(), cursor.depth());
            if (last != null && last.like(next)) {
                last = new Extent(
                        last.offset(), last.length() + next.length(), last.zero(), last.allocated(), last.depth());
                continue;
            }
            if (last != null) {
                into.accept(last);
            }
            last = next;
        }
        if (last != null) {
            into.accept(last);
        }
    }

    /**
     * Changes the size of a disk. What is new reads as zeroes, whatever an image beneath holds there.
     *
     * @param cut whether what lies beyond a smaller size may be lost; else that is refused
     */
    public static void resize(BlockDevice device, long size, boolean cut) throws IOException {
        if (size <= 0 || size % SECTOR != 0) {
            throw new IllegalArgumentException(
                    "size " + size + " is not a multiple of " + SECTOR + " bytes that is more than 0");
        } else if (size < device.size() && !cut) {
            throw new IllegalArgumentException("size " + size + " is less than the " + device.size()
                    + " bytes that the disk has: say that the rest may be lost");
        }
        Asking.ok("resize to " + size, done -> device.resize(size, done));
    }

    private static void writeData(BlockDevice to, long at, ByteBuffer piece) throws IOException {
        int length = piece.limit();
        for (int from = 0; from < length; ) {
            int end = Math.min(length, from + GRAIN);
            if (Zeroes.only(piece, from, end)) {
                from = end;
                continue;
            }
            while (end < length && !Zeroes.only(piece, end, Math.min(length, end + GRAIN))) {
                end = Math.min(length, end + GRAIN);
            }
            write(to, at + from, piece.slice(from, end - from));
            from = end;
        }
    }

    /** Where two disks first differ, or -1; what one has more of must be zeroes. */
    public static long mismatch(BlockDevice one, BlockDevice other) throws IOException {
        ByteBuffer content = ByteBuffer.allocateDirect(Ahead.PIECE);
        Cursor inOther = new Cursor(other);
        try (Ahead ahead = new Ahead(one, any -> true)) {
            for (Ahead.Piece piece = ahead.next(); piece != null; piece = ahead.next()) {
                long found = piece.zero()
                        ? notZero(other, inOther, piece.offset(), piece.end(), content)
                        : differs(piece, other, content);
                if (found >= 0) {
                    return found;
                }
            }
        }
        return notZero(other, inOther, one.size(), other.size(), content);
    }

    private static long differs(Ahead.Piece piece, BlockDevice other, ByteBuffer content) throws IOException {
        readPadded(other, piece.offset(), content.clear().limit((int) (piece.end() - piece.offset())));
        int found = piece.content().mismatch(content);
        return found < 0 ? -1 : piece.offset() + found;
    }

    /** Where a disk first holds something else than zeroes, or -1. */
    private static long notZero(BlockDevice device, Cursor cursor, long from, long end, ByteBuffer content)
            throws IOException {
        long at = from;
        while (at < end) {
            long zeroes = Math.min(end, zeroesUntil(device, cursor, at));
            if (zeroes > at) {
                at = zeroes;
                continue;
            }
            int length = (int) Math.min(Ahead.PIECE, end - at);
            readPadded(device, at, content.clear().limit(length));
            if (!Zeroes.only(content, 0, length)) {
                int within = 0;
                while (content.get(within) == 0) {
                    within++;
                }
                return at + within;
            }
            at += length;
        }
        return -1;
    }

    /** Up to where all bytes from {@code at} on are known to be zeroes without looking; beyond the end all are. */
    private static long zeroesUntil(BlockDevice device, Cursor cursor, long at) throws IOException {
        if (at >= device.size()) {
            return Long.MAX_VALUE;
        }
        cursor.seek(at);
        return cursor.zero() ? cursor.end() : at;
    }

    /** Writes what the top of a chain holds into the disk beneath it, which grows if it is shorter. */
    public static boolean commit(BlockDevice top, BlockDevice beneath, Progress progress) throws IOException {
        if (beneath.size() < top.size()) {
            Asking.ok("resize", done -> beneath.resize(top.size(), done));
        }
        boolean bySystem = top instanceof Qcow2Device && beneath instanceof RawDevice;
        try (Ahead ahead = new Ahead(top, depth -> depth == 0 && !bySystem)) {
            for (Ahead.Piece piece = ahead.next(); piece != null; piece = ahead.next()) {
                long at = piece.offset();
                long length = piece.end() - at;
                if (piece.depth() == 0 && piece.zero()) {
                    Asking.ok(
                            "zeroes at " + at, done -> beneath.writeZeroes(at, length, Zeroing.MAY_UNMAP, false, done));
                } else if (piece.depth() == 0 && bySystem) {
                    if (!hand((Qcow2Device) top, (RawDevice) beneath, piece, progress)) {
                        return false;
                    }
                } else if (piece.depth() == 0) {
                    write(beneath, at, piece.content());
                }
                if (!progress.goesOn(piece.end(), top.size())) {
                    return false;
                }
            }
        }
        Asking.ok("flush", beneath::flush);
        return true;
    }

    /** What cannot be handed over by the system is read and written. */
    private static boolean hand(Qcow2Device top, RawDevice beneath, Ahead.Piece piece, Progress progress)
            throws IOException {
        long at = piece.offset();
        while (at < piece.end()) {
            long done = top.give(at, Math.min(HANDED, piece.end() - at), beneath);
            if (done == 0) {
                ByteBuffer content = piece.content();
                done = Math.min(Ahead.PIECE, piece.end() - at);
                read(top, at, content.clear().limit((int) done));
                write(beneath, at, content);
            }
            at += done;
            if (at < piece.end() && !progress.goesOn(at, top.size())) {
                return false;
            }
        }
        return true;
    }

    private static void write(BlockDevice to, long at, ByteBuffer content) throws IOException {
        Asking.ok("write at " + at, done -> to.write(at, content, false, done));
    }

    private static void read(BlockDevice from, long at, ByteBuffer into) throws IOException {
        int length = into.limit();
        Asking.ok("read at " + at, done -> from.read(at, into, done));
        into.clear().limit(length);
    }

    private static void readPadded(BlockDevice from, long at, ByteBuffer into) throws IOException {
        int length = into.limit();
        int there = (int) Math.max(0, Math.min(length, from.size() - at));
        if (there > 0) {
            read(from, at, into.limit(there));
        }
        Zeroes.fill(into.limit(length).position(there));
        into.position(0);
    }
}
