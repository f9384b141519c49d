package org.vinestock.dataplane.engine.medium;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Locks a file the way that QEMU locks images, so that each refuses what the other has open: a shared lock on byte 100 and
 * the number of a permission says that it is used, on byte 200 and the number that nobody else may use it. Whoever comes
 * takes its locks first and looks for those that contradict them then; so of two that come at once none gets past the other.
 *
 * <p>All that this process does with a file has one descriptor for its locks: it does not refuse itself. Owned by the lock
 * of the class.
 */
final class ImageLocks {
    private static final int USED = 100;
    private static final int KEPT = 200;

    // The numbers of QEMU's permissions. What lies between is to write what is there already.
    private static final int READ = 0;
    private static final int WRITE = 1;
    private static final int RESIZE = 3;

    private static final int[] READING = {READ};
    private static final int[] CHANGING = {WRITE, RESIZE};

    private static final Map<Object, ImageLocks> HELD = new HashMap<>();

    private final Object key;
    private final FileCalls calls;
    private int users;
    private int writers;

    private ImageLocks(Object key, FileCalls calls) {
        this.key = key;
        this.calls = calls;
    }

    /** Nobody else may change the file from now on; null where there are no locks. */
    static @Nullable ImageLocks take(Path file, boolean writing) throws IOException {
        synchronized (ImageLocks.class) {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            ImageLocks locks = HELD.get(key);
            if (locks == null) {
                FileCalls calls = FileCalls.open(file, false);
                if (calls == null) {
                    return null;
                }
                locks = new ImageLocks(key, calls);
                HELD.put(key, locks);
            }
            locks.users++;
            locks.writers += writing ? 1 : 0;
            boolean had;
            try {
                had = locks.take(writing);
            } catch (IOException e) {
                locks.release(writing);
                System.getLogger(ImageLocks.class.getName())
                        .log(System.Logger.Level.WARNING, file + " is not locked: its file system has no locks", e);
                return null;
            }
            if (!had) {
                locks.release(writing);
                throw new IOException(file + ": another program uses it" + (writing ? "" : " and may write to it")
                        + "; close it there first");
            }
            return locks;
        }
    }

    /** Gives back what {@link #take(Path, boolean)} took. */
    void release(boolean writing) {
        synchronized (ImageLocks.class) {
            users--;
            writers -= writing ? 1 : 0;
            if (users == 0) {
                HELD.remove(key);
                calls.close();
            } else if (writing && writers == 0) {
                unlock(USED, CHANGING);
            }
        }
    }

    private boolean take(boolean writing) throws IOException {
        return lock(USED, READING)
                && (!writing || lock(USED, CHANGING))
                && lock(KEPT, CHANGING)
                && free(KEPT, READING)
                && (!writing || free(KEPT, CHANGING))
                && free(USED, CHANGING);
    }

    private boolean lock(int base, int[] permissions) throws IOException {
        for (int each : permissions) {
            if (!calls.lock(base + each)) {
                return false;
            }
        }
        return true;
    }

    private boolean free(int base, int[] permissions) throws IOException {
        for (int each : permissions) {
            if (calls.lockedElsewhere(base + each)) {
                return false;
            }
        }
        return true;
    }

    private void unlock(int base, int[] permissions) {
        for (int each : permissions) {
            calls.unlock(base + each);
        }
    }
}
