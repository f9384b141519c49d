package org.vinestock.dataplane.engine.qcow2.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.vinestock.dataplane.engine.medium.Medium;

/**
 * An entry of an image's directory of bitmaps.
 *
 * @param flagsAt where its flags are in the file
 * @param extra bytes that somebody added and nobody here understands
 */
public record BitmapEntry(
        String name, long tableOffset, int tableSize, int flags, int granularityBits, int extra, long flagsAt) {

    /** Flags: the content may be out of date; it must follow every write; whoever does not know the extra data may use it. */
    public static final int IN_USE = 1;

    public static final int AUTO = 2;
    public static final int EXTRA_COMPATIBLE = 4;

    private static final int FIXED = 24;
    private static final int MOST_GRANULARITY_BITS = 31;

    public boolean inUse() {
        return (flags & IN_USE) != 0;
    }

    public boolean auto() {
        return (flags & AUTO) != 0;
    }

    /** Whether its content may be believed and changed. */
    public boolean usable() {
        return !inUse() && (extra == 0 || (flags & EXTRA_COMPATIBLE) != 0);
    }

    /** Reads an image's directory. */
    public static List<BitmapEntry> read(Medium medium, Header header) throws IOException {
        List<BitmapEntry> entries = new ArrayList<>();
        Header.BitmapsExtension where = header.bitmaps();
        if (where == null) {
            return entries;
        }
        ByteBuffer directory = ByteBuffer.allocate((int) where.directorySize());
        medium.read(where.directoryOffset(), directory);
        TreeSet<String> names = new TreeSet<>();
        int at = 0;
        for (int i = 0; i < where.count(); i++) {
            BitmapEntry entry = entry(medium, header, directory, at, where.directoryOffset(), i);
            if (!names.add(entry.name)) {
                throw refused(medium, i, "a second one is called " + entry.name);
            }
            entries.add(entry);
            at += length(directory, at);
        }
        return entries;
    }

    private static int length(ByteBuffer directory, int at) {
        return (FIXED + directory.getInt(at + 20) + (directory.getShort(at + 18) & 0xffff) + 7) & -8;
    }

    private static BitmapEntry entry(Medium medium, Header header, ByteBuffer directory, int at, long offset, int index)
            throws IOException {
        if (at > directory.capacity() - FIXED) {
            throw refused(medium, index, "it is over the end of the directory");
        }
        int nameLength = directory.getShort(at + 18) & 0xffff;
        int extra = directory.getInt(at + 20);
        if (nameLength == 0
                || extra < 0
                || extra > directory.capacity()
                || FIXED + extra + nameLength > directory.capacity() - at) {
            throw refused(medium, index, "a name of " + nameLength + " and " + extra + " extra bytes");
        }
        byte[] name = new byte[nameLength];
        directory.get(at + FIXED + extra, name);
        BitmapEntry entry = new BitmapEntry(
                new String(name, StandardCharsets.UTF_8),
                directory.getLong(at),
                directory.getInt(at + 8),
                directory.getInt(at + 12),
                directory.get(at + 17) & 0xff,
                extra,
                offset + at + 12);
        entry.check(medium, header, index, directory.get(at + 16));
        return entry;
    }

    private void check(Medium medium, Header header, int index, int type) throws IOException {
        if (type != 1 || (flags & -8) != 0) {
            throw refused(medium, index, "type " + type + " with flags " + flags);
        } else if (granularityBits < 9 || granularityBits > MOST_GRANULARITY_BITS) {
            throw refused(medium, index, "granularity_bits " + granularityBits + " is not 9 to 31");
        }
        long needed = clusters(header);
        boolean aligned = tableOffset % header.clusterSize() == 0 && tableOffset >= header.clusterSize();
        // While it is in use, its size may be that of another time.
        boolean sized = inUse() ? tableSize >= 0 : tableSize == needed;
        if (!aligned || !sized || (long) tableSize * Long.BYTES > medium.size() + header.clusterSize() - tableOffset) {
            throw refused(medium, index, String.format("a table of %d entries at %d", tableSize, tableOffset));
        }
    }

    /** Clusters that the bits of a disk take. */
    public long clusters(Header header) {
        long bits = (header.size() + (1L << granularityBits) - 1) >>> granularityBits;
        long perCluster = 8L << header.clusterBits();
        return (bits + perCluster - 1) / perCluster;
    }

    private static ImageRefusedException refused(Medium medium, int index, String why) {
        return new ImageRefusedException(medium.name(), "bitmap directory", "entry " + index + ": " + why);
    }
}
