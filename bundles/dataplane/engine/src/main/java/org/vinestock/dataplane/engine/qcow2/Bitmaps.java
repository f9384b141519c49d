package org.vinestock.dataplane.engine.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.vinestock.dataplane.engine.medium.Medium;
import org.vinestock.dataplane.engine.qcow2.format.BitmapEntry;
import org.vinestock.dataplane.engine.qcow2.format.Header;
import org.vinestock.dataplane.engine.qcow2.format.ImageRefusedException;

/**
 * The dirty bitmaps that an image keeps. Those that record are marked as being in use before the first change and written
 * back when the image is closed; if that never comes, they say themselves that they cannot be believed.
 */
final class Bitmaps {
    /** All bitmaps of one image, in memory. */
    private static final long MOST_BYTES = 256L << 20;

    private static final long OFFSET = 0x00fffffffffffe00L;

    private final Medium medium;
    private final Header header;
    private final boolean consistent;
    private final List<BitmapEntry> entries;
    private final List<Bitmap> all = new ArrayList<>();
    private final Bitmap[] recording;

    private Bitmaps(Medium medium, Header header) throws IOException {
        this.medium = medium;
        this.header = header;
        this.consistent = (header.autoclearFeatures() & Header.BITMAPS) != 0;
        this.entries = consistent ? BitmapEntry.read(medium, header) : List.of();
        long bytes = 0;
        for (BitmapEntry entry : entries) {
            if (entry.usable()) {
                bytes += entry.clusters(header) << header.clusterBits();
                if (bytes > MOST_BYTES) {
                    throw new ImageRefusedException(
                            medium.name(),
                            "bitmap directory",
                            "the bitmaps take " + bytes + " bytes, more than 256 MiB");
                }
                all.add(read(entry));
            }
        }
        this.recording = all.stream().filter(Bitmap::recording).toArray(Bitmap[]::new);
    }

    static Bitmaps load(Medium medium, Header header) throws IOException {
        return new Bitmaps(medium, header);
    }

    List<Bitmap> all() {
        return List.copyOf(all);
    }

    /** Whether the image says that its bitmaps were kept up to date. */
    boolean consistent() {
        return consistent;
    }

    private long[] table(BitmapEntry entry) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(entry.tableSize() * Long.BYTES);
        medium.read(entry.tableOffset(), bytes);
        long[] table = new long[entry.tableSize()];
        bytes.flip().asLongBuffer().get(table);
        return table;
    }

    private Bitmap read(BitmapEntry entry) throws IOException {
        Bitmap bitmap = new Bitmap(entry, header.size());
        long[] table = table(entry);
        int words = header.clusterSize() / Long.BYTES;
        for (int i = 0; i < table.length; i++) {
            long offset = table[i] & OFFSET;
            if ((table[i] & ~(OFFSET | 1)) != 0
                    || offset % header.clusterSize() != 0
                    || (offset != 0 && table[i] != offset)) {
                throw new ImageRefusedException(
                        medium.name(),
                        "bitmap table",
                        String.format("entry %d of %s is %#x", i, entry.name(), table[i]));
            }
            if (offset != 0) {
                ByteBuffer bits = ByteBuffer.allocate(header.clusterSize());
                medium.read(offset, bits);
                bitmap.load(i * words, bits.flip());
            } else if (table[i] == 1) {
                bitmap.fill(i * words, words);
            }
        }
        return bitmap;
    }

    /** Keeps guests away from where the bitmaps are. */
    void guard(Allocator allocator) throws IOException {
        Header.BitmapsExtension where = header.bitmaps();
        if (consistent && where != null) {
            addTable(allocator, where.directoryOffset(), where.directorySize());
            for (BitmapEntry entry : entries) {
                addTable(allocator, entry.tableOffset(), entry.tableSize() * 8L);
                for (long cluster : table(entry)) {
                    if ((cluster & OFFSET) != 0) {
                        addTable(allocator, cluster & OFFSET, 1);
                    }
                }
            }
        }
    }

    private void addTable(Allocator allocator, long offset, long length) {
        allocator.addTable(
                offset >>> header.clusterBits(), (length + header.clusterSize() - 1) >>> header.clusterBits());
    }

    /** Says in the image that what it holds of bitmaps that record is out of date from now on. */
    void begin() throws IOException {
        for (Bitmap bitmap : recording) {
            flags(bitmap, bitmap.entry().flags() | BitmapEntry.IN_USE);
        }
    }

    private void flags(Bitmap bitmap, int flags) throws IOException {
        medium.write(bitmap.entry().flagsAt(), ByteBuffer.allocate(4).putInt(0, flags));
    }

    /** Notes that bytes are being changed. */
    void note(long offset, long length) {
        for (Bitmap bitmap : recording) {
            bitmap.note(offset, length);
        }
    }

    /** Writes those back that record. */
    void save(Allocator allocator) throws IOException {
        for (Bitmap bitmap : recording) {
            save(bitmap, allocator);
        }
        if (recording.length > 0) {
            medium.force();
            for (Bitmap bitmap : recording) {
                flags(bitmap, bitmap.entry().flags());
            }
        }
    }

    private void save(Bitmap bitmap, Allocator allocator) throws IOException {
        long[] table = table(bitmap.entry());
        int words = header.clusterSize() / Long.BYTES;
        ByteBuffer bits = ByteBuffer.allocate(header.clusterSize());
        for (int i = 0; i < table.length; i++) {
            bitmap.store(i * words, bits.clear());
            if ((table[i] & OFFSET) == 0) {
                Allocator.Run run = new Allocator.Run();
                allocator.allocate(1, run);
                table[i] = run.first << header.clusterBits();
            }
            medium.write(table[i], bits.flip());
        }
        ByteBuffer bytes = ByteBuffer.allocate(table.length * Long.BYTES);
        bytes.asLongBuffer().put(table);
        medium.write(bitmap.entry().tableOffset(), bytes);
    }
}
