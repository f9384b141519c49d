package org.vinestock.disk;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.model.ByteCount;

/** What a new disk is made of. Sizes are what {@link Disk#checkedSize} accepts. */
public sealed interface DiskSource {
    /** How large the disk is to be; null = as large as what it is made of. */
    @Nullable
    ByteCount size();

    /** Zeroes. */
    record Empty(ByteCount size) implements DiskSource {
        /** Checks the size. */
        public Empty {
            Disk.checkedSize(size);
        }
    }

    /**
     * An overlay of another disk of the same host, made at once; that one is not written to any more.
     *
     * @param size null = the same; never less
     */
    record Overlay(DiskId parent, @Nullable ByteCount size) implements DiskSource {
        /** Checks the size. */
        public Overlay {
            checked(size);
        }
    }

    /**
     * A copy of another disk of the same host, which stands on its own. Nobody may write to that one meanwhile.
     *
     * @param size null = the same; never less
     */
    record Copy(DiskId from, @Nullable ByteCount size) implements DiskSource {
        /** Checks the size. */
        public Copy {
            checked(size);
        }
    }

    /**
     * A copy of a file on the host, which stands on its own: one that is backed by another file is refused.
     *
     * @param path absolute
     * @param format {@code raw}, {@code qcow2} or empty: it is looked for
     * @param size null = the same; never less
     */
    record File(String path, String format, @Nullable ByteCount size) implements DiskSource {
        /** Checks path, format and size. */
        public File {
            if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("file: \"" + path + "\"; accepted: an absolute path on the host");
            }
            if (!format.isEmpty() && !format.equals("raw") && !format.equals("qcow2")) {
                throw new IllegalArgumentException("fileFormat: \"" + format + "\"; accepted: raw, qcow2 or nothing");
            }
            checked(size);
        }
    }

    /**
     * A CD whose files tell cloud-init how to set a guest up (its data source NoCloud, volume {@code cidata}).
     *
     * @param files text by name, such as {@code user-data}: 1 to 16 of them, each name 1 to 32 characters of {@code a-z 0-9 . _
     *     -} that starts with a letter or digit and does not end with a dot (readers of
     *     Joliet drop that), in all at most 384 KiB
     */
    record Seed(SortedMap<String, String> files) implements DiskSource {
        private static final int MOST_FILES = 16;
        private static final int MOST_BYTES = 384 << 10;
        private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,30}[a-z0-9_-])?");

        /** Copies the map; checks names and sizes. */
        public Seed {
            files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
            if (files.isEmpty() || files.size() > MOST_FILES) {
                throw new IllegalArgumentException(
                        "a seed with " + files.size() + " files; accepted: 1 to " + MOST_FILES);
            }
            long bytes = 0;
            for (String name : files.keySet()) {
                if (!NAME.matcher(name).matches()) {
                    throw new IllegalArgumentException(
                            "a seed's file \"" + name
                                    + "\"; accepted: 1 to 32 characters of a-z 0-9 . _ -, the first a letter or digit, the last no dot");
                }
            }
            for (String text : files.values()) {
                bytes += text.getBytes(StandardCharsets.UTF_8).length;
            }
            if (bytes > MOST_BYTES) {
                throw new IllegalArgumentException(
                        "a seed of " + bytes + " bytes; accepted: at most " + MOST_BYTES + " in all of its files");
            }
        }

        @Override
        public @Nullable ByteCount size() {
            return null;
        }
    }

    private static void checked(@Nullable ByteCount size) {
        if (size != null) {
            Disk.checkedSize(size);
        }
    }
}
