package org.vinestock.disk;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.model.ByteCount;

/** What a new disk is made of. */
public sealed interface DiskSource {
    /** Zeroes. */
    record Empty(ByteCount size) implements DiskSource {}

    /**
     * An overlay of another disk of the same host, made at once; that one is not written to any more.
     *
     * @param size null = the same
     */
    record Overlay(DiskId parent, @Nullable ByteCount size) implements DiskSource {}

    /**
     * A copy of another disk of the same host, which stands on its own.
     *
     * @param size null = the same
     */
    record Copy(DiskId from, @Nullable ByteCount size) implements DiskSource {}

    /**
     * A copy of a file on the host.
     *
     * @param format {@code raw}, {@code qcow2} or empty: it is looked for
     * @param size null = the same
     */
    record File(String path, String format, @Nullable ByteCount size) implements DiskSource {}

    /**
     * A CD whose files tell cloud-init how to set a guest up (its data source NoCloud, volume {@code cidata}).
     *
     * @param files text by name, such as {@code user-data}
     */
    record Seed(SortedMap<String, String> files) implements DiskSource {
        /** Copies the map. */
        public Seed {
            files = new TreeMap<>(files);
        }
    }
}
