package org.vinestock.dataplane.engine.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vinestock.dataplane.engine.block.BlockDevice;
import org.vinestock.dataplane.engine.block.ExtentSink;
import org.vinestock.dataplane.engine.block.IoThreads;
import org.vinestock.dataplane.engine.block.RawDevice;
import org.vinestock.dataplane.engine.block.Zeroing;
import org.vinestock.dataplane.engine.medium.FileMedium;
import org.vinestock.dataplane.engine.medium.Zeroes;
import org.vinestock.dataplane.engine.qcow2.OpenOptions;
import org.vinestock.dataplane.engine.qcow2.Qcow2;

/**
 * Work on whole disks: copied, compared, committed.
 *
 * <p><b>Calls.</b> Each waits until it is done, on the caller's thread; the devices are the caller's.
 */
public final class Images {
    private static final int PIECE = 1 << 20;
    private static final int GRAIN = 64 << 10;

    private record Extent(long offset, long length, boolean zero, int depth) {}

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
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
        for (long at = 0; at < from.size(); ) {
            for (Extent extent : extents(from, at)) {
                for (long end = extent.offset + extent.length; !extent.zero && at < end; at += piece.capacity()) {
                    read(from, at, piece.clear().limit((int) Math.min(PIECE, end - at)));
                    writeData(to, at, piece);
                    if (!progress.goesOn(at, from.size())) {
                        return false;
                    }
                }
                at = extent.offset + extent.length;
            }
        }
        Asking.ok("flush", to::flush);
        return progress.goesOn(from.size(), from.size());
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
            long offset = at + from;
            ByteBuffer data = piece.slice(from, end - from);
            Asking.ok("write at " + offset, done -> to.write(offset, data, false, done));
            from = end;
        }
    }

    /** Where two disks first differ, or -1; what one has more of must be zeroes. */
    public static long mismatch(BlockDevice one, BlockDevice other) throws IOException {
        long size = Math.max(one.size(), other.size());
        ByteBuffer left = ByteBuffer.allocateDirect(PIECE);
        ByteBuffer right = ByteBuffer.allocateDirect(PIECE);
        long at = 0;
        while (at < size) {
            long zeroes = Math.min(zeroesFrom(one, at), zeroesFrom(other, at));
            if (zeroes > 0) {
                at += zeroes;
                continue;
            }
            int length = (int) Math.min(PIECE, size - at);
            readPadded(one, at, left.clear().limit(length));
            readPadded(other, at, right.clear().limit(length));
            int found = left.mismatch(right);
            if (found >= 0) {
                return at + found;
            }
            at += length;
        }
        return -1;
    }

    /** How many bytes from here on are known to be zeroes without looking; beyond the end all are. */
    private static long zeroesFrom(BlockDevice device, long at) throws IOException {
        if (at >= device.size()) {
            return Long.MAX_VALUE;
        }
        Extent first = extents(device, at).get(0);
        return first.zero ? first.length : 0;
    }

    /** Writes what the top of a chain holds into the disk beneath it, which grows if it is shorter. */
    public static boolean commit(BlockDevice top, BlockDevice beneath, Progress progress) throws IOException {
        if (beneath.size() < top.size()) {
            Asking.ok("resize", done -> beneath.resize(top.size(), done));
        }
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
        for (long at = 0; at < top.size(); ) {
            for (Extent extent : extents(top, at)) {
                if (extent.depth == 0 && !commit(top, beneath, extent, piece, progress)) {
                    return false;
                }
                at = extent.offset + extent.length;
            }
        }
        Asking.ok("flush", beneath::flush);
        return progress.goesOn(top.size(), top.size());
    }

    private static boolean commit(
            BlockDevice top, BlockDevice beneath, Extent extent, ByteBuffer piece, Progress progress)
            throws IOException {
        if (extent.zero) {
            Asking.ok(
                    "zeroes at " + extent.offset,
                    done -> beneath.writeZeroes(extent.offset, extent.length, Zeroing.MAY_UNMAP, false, done));
            return progress.goesOn(extent.offset, top.size());
        }
        long end = extent.offset + extent.length;
        for (long at = extent.offset; at < end; at += PIECE) {
            read(top, at, piece.clear().limit((int) Math.min(PIECE, end - at)));
            long offset = at;
            ByteBuffer data = piece.slice(0, piece.limit());
            Asking.ok("write at " + offset, done -> beneath.write(offset, data, false, done));
            if (!progress.goesOn(at, top.size())) {
                return false;
            }
        }
        return true;
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

    private static List<Extent> extents(BlockDevice device, long from) throws IOException {
        List<Extent> extents = new ArrayList<>();
        long[] at = {from};
        Asking.ok(
                "extents at " + from,
                done -> device.extents(
                        from,
                        Math.min(device.size() - from, 64L << 20),
                        (length, kind, depth) -> {
                            long there = Math.min(length, device.size() - at[0]);
                            extents.add(new Extent(at[0], there, (kind & ExtentSink.ZERO) != 0, depth));
                            at[0] += there;
                        },
                        done));
        return extents;
    }
}
