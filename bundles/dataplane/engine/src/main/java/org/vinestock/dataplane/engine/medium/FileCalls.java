package org.vinestock.dataplane.engine.medium;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What Linux can do with a file and JDK 17 cannot: find holes, make them, give room, copy without moving bytes, lock bytes
 * for a descriptor. It has a descriptor of its own, as that of a {@code FileChannel} cannot be reached.
 *
 * <p>Where the system or the file system cannot do it, each call says so, and callers do without.
 */
final class FileCalls implements AutoCloseable {
    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 0x80000;
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;
    private static final int KEEP_SIZE = 1;
    private static final int PUNCH_HOLE = 2;
    private static final int ZERO_RANGE = 16;
    private static final int ENXIO = 6;
    private static final int EINTR = 4;
    private static final int ENOSPC = 28;
    private static final int EIO = 5;
    private static final int EAGAIN = 11;
    private static final int EACCES = 13;
    private static final int OFD_GETLK = 36;
    private static final int OFD_SETLK = 37;
    private static final short SHARED = 0;
    private static final short EXCLUSIVE = 1;
    private static final short UNLOCKED = 2;

    // struct flock of fcntl(2), where long has 64 bits.
    private static final int FLOCK_START = 8;
    private static final int FLOCK_LENGTH = 16;
    private static final int FLOCK_BYTES = 32;

    private static final boolean LINKED = link();

    private final int descriptor;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private FileCalls(int descriptor) {
        this.descriptor = descriptor;
    }

    private static boolean link() {
        try {
            if (Platform.isLinux()) {
                Native.register(FileCalls.class, "c");
                return true;
            }
        } catch (LinkageError e) {
            System.getLogger(FileCalls.class.getName())
                    .log(System.Logger.Level.WARNING, "holes in files are neither seen nor made: JNA does not load", e);
        }
        return false;
    }

    /** Opens {@code file} a second time; empty where that cannot be. */
    static @Nullable FileCalls open(Path file, boolean writable) {
        if (!LINKED) {
            return null;
        }
        try {
            return new FileCalls(open(file.toString(), (writable ? O_RDWR : 0) | O_CLOEXEC, 0));
        } catch (LastErrorException e) {
            return null;
        }
    }

    /** The first data at or after {@code from}; -1 if there is none, -2 if nobody knows. */
    long data(long from) {
        return seek(from, SEEK_DATA);
    }

    /** The first hole at or after {@code from}, which the end of the file is; -1 if {@code from} is beyond, -2 if nobody knows. */
    long hole(long from) {
        return seek(from, SEEK_HOLE);
    }

    private long seek(long from, int whence) {
        try {
            return lseek(descriptor, from, whence);
        } catch (LastErrorException e) {
            return e.getErrorCode() == ENXIO ? -1 : -2;
        }
    }

    boolean punch(long offset, long length) throws IOException {
        return change(PUNCH_HOLE | KEEP_SIZE, offset, length);
    }

    boolean zero(long offset, long length) throws IOException {
        return change(ZERO_RANGE | KEEP_SIZE, offset, length);
    }

    boolean allocate(long offset, long length) throws IOException {
        return change(0, offset, length);
    }

    /** Copies all of it, or returns false. */
    boolean copyFrom(long offset, FileCalls source, long from, long length) throws IOException {
        LongByReference in = new LongByReference(from);
        LongByReference out = new LongByReference(offset);
        while (in.getValue() < from + length) {
            try {
                long count = copy_file_range(
                                source.descriptor,
                                in,
                                descriptor,
                                out,
                                new NativeLong(from + length - in.getValue()),
                                0)
                        .longValue();
                if (count == 0) {
                    return false;
                }
            } catch (LastErrorException e) {
                failUnlessElsewhere(e);
                if (e.getErrorCode() != EINTR) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Throws what no other way of doing it would help against. */
    private static void failUnlessElsewhere(LastErrorException e) throws IOException {
        if (e.getErrorCode() == ENOSPC || e.getErrorCode() == EIO) {
            throw new IOException(e.getErrorCode() == EIO ? "Input/output error" : "No space left on device", e);
        }
    }

    private boolean change(int mode, long offset, long length) throws IOException {
        while (true) {
            try {
                fallocate(descriptor, mode, offset, length);
                return true;
            } catch (LastErrorException e) {
                failUnlessElsewhere(e);
                if (e.getErrorCode() != EINTR) {
                    return false;
                }
            }
        }
    }

    /** Takes a shared lock on a byte, which goes with the descriptor, however its process ends; false if another has it alone. */
    boolean lock(long at) throws IOException {
        try {
            return flock(OFD_SETLK, SHARED, at);
        } catch (LastErrorException e) {
            if (e.getErrorCode() == EAGAIN || e.getErrorCode() == EACCES) {
                return false;
            }
            throw new IOException("no locks here", e);
        }
    }

    /** Lets a lock go that it has. */
    void unlock(long at) {
        flock(OFD_SETLK, UNLOCKED, at);
    }

    /** Whether another descriptor holds any lock on a byte. */
    boolean lockedElsewhere(long at) throws IOException {
        try {
            return !flock(OFD_GETLK, EXCLUSIVE, at);
        } catch (LastErrorException e) {
            throw new IOException("no locks here", e);
        }
    }

    /** For {@code OFD_GETLK}, whether the lock could be had. */
    private boolean flock(int command, short type, long at) {
        try (Memory flock = new Memory(FLOCK_BYTES)) {
            flock.clear();
            flock.setShort(0, type);
            flock.setLong(FLOCK_START, at);
            flock.setLong(FLOCK_LENGTH, 1);
            while (true) {
                try {
                    fcntl(descriptor, command, flock);
                    return command != OFD_GETLK || flock.getShort(0) == UNLOCKED;
                } catch (LastErrorException e) {
                    if (e.getErrorCode() != EINTR) {
                        throw e;
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        if (open.getAndSet(false)) {
            close(descriptor);
        }
    }

    private static native int open(String path, int flags, int mode) throws LastErrorException;

    private static native int close(int descriptor) throws LastErrorException;

    private static native int fcntl(int descriptor, int command, Pointer flock) throws LastErrorException;

    private static native long lseek(int descriptor, long offset, int whence) throws LastErrorException;

    @SuppressWarnings("checkstyle:MethodName") // the system's
    private static native NativeLong copy_file_range(
            int from, LongByReference fromOffset, int to, LongByReference toOffset, NativeLong length, int flags)
            throws LastErrorException;

    private static native int fallocate(int descriptor, int mode, long offset, long length) throws LastErrorException;
}
