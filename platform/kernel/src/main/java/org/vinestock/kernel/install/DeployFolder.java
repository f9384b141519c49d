package org.vinestock.kernel.install;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * Looks at the jars in {@code deploy/} several times a second. A file counts when two looks have found it the same, so
 * that one that is still being copied is not read half.
 *
 * <p>It is our own, because File Install begins to look before the platform is there and takes a plugin for a plain
 * bundle then. Owned by its lane.
 */
final class DeployFolder {
    /** Is told of files, on the folder's lane. */
    interface Listener {
        /** A file came or has other bytes. */
        void came(Path file) throws IOException;

        /** A file is gone. */
        void gone(String name);

        /** Whoever is there has been told of: called after each look that leaves none to be looked at again. */
        void listed();
    }

    private static final Logger LOG = LoggerFactory.getLogger(DeployFolder.class);
    private static final Duration EVERY = Duration.ofMillis(150);

    private final Path folder;
    private final Scheduler scheduler;
    private final Lane lane;
    private final Listener listener;
    private final Map<String, Seen> seen = new TreeMap<>();
    private volatile boolean closed;
    private boolean unreadable;

    private record Seen(long changed, long size, boolean told) {
        boolean same(Seen other) {
            return changed == other.changed && size == other.size;
        }
    }

    DeployFolder(Path folder, Scheduler scheduler, Listener listener) {
        this.folder = folder;
        this.scheduler = scheduler;
        this.listener = listener;
        lane = scheduler.lane("deploy");
    }

    /** Begins to look. */
    void open() {
        lane.execute(this::look);
    }

    /** Ends. */
    void close() {
        closed = true;
    }

    private void look() {
        if (closed) {
            return;
        }
        try {
            compare(list());
            unreadable = false;
        } catch (IOException e) {
            if (!unreadable) {
                LOG.warn("{} cannot be read: {}", folder, e.toString());
            }
            unreadable = true;
            listener.listed();
        } finally {
            Cancellable unused = scheduler.after(EVERY, lane, this::look);
        }
    }

    private Map<String, Seen> list() throws IOException {
        Map<String, Seen> found = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path file : files) {
                if (Files.isRegularFile(file)) {
                    long changed = Files.getLastModifiedTime(file).toMillis();
                    found.put(String.valueOf(file.getFileName()), new Seen(changed, Files.size(file), false));
                }
            }
        }
        return found;
    }

    private void compare(Map<String, Seen> found) {
        List<String> gone = new ArrayList<>(seen.keySet());
        gone.removeAll(found.keySet());
        for (String name : gone) {
            if (seen.remove(name) != null) {
                listener.gone(name);
            }
        }
        found.forEach((name, now) -> {
            Seen before = seen.get(name);
            if (before == null || !before.same(now)) {
                seen.put(name, now);
            } else if (!before.told()) {
                seen.put(name, new Seen(now.changed(), now.size(), true));
                tell(name);
            }
        });
        if (seen.values().stream().allMatch(Seen::told)) {
            listener.listed();
        }
    }

    private void tell(String name) {
        try {
            listener.came(folder.resolve(name));
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", name, e.toString());
            seen.remove(name);
        }
    }
}
