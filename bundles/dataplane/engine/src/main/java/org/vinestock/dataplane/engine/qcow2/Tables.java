package org.vinestock.dataplane.engine.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLongArray;
import org.vinestock.dataplane.engine.medium.Medium;
import org.vinestock.dataplane.engine.medium.Zeroes;
import org.vinestock.dataplane.engine.qcow2.format.Header;
import org.vinestock.dataplane.engine.qcow2.format.ImageRefusedException;
import org.vinestock.dataplane.engine.qcow2.format.L2Entry;

/**
 * Changes the tables that say where clusters are, in an order in which each moment on the disk makes sense: a table is
 * there before it is referred to, and what it replaces is free only afterwards.
 *
 * <p>Callers hold the map's lock of the clusters concerned.
 */
final class Tables {
    /** Clusters that are changed together at most. */
    static final int GROUP = 64;

    private static final ThreadLocal<ByteBuffer> ENTRIES =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(GROUP * Long.BYTES));

    private final QcowLayer layer;
    private final Medium medium;
    private final Allocator allocator;
    private final ChainMap map;
    private final int clusterBits;
    private final Allocator.Run run = new Allocator.Run();

    Tables(QcowLayer layer, Allocator allocator, ChainMap map) throws IOException {
        this.layer = layer;
        this.medium = layer.medium;
        this.allocator = allocator;
        this.map = map;
        this.clusterBits = layer.clusterBits();
        Header header = layer.header();
        allocator.addTable(
                header.l1TableOffset() >>> clusterBits,
                ((long) header.l1Size() * Long.BYTES + header.clusterSize() - 1) >>> clusterBits);
        AtomicLongArray l1 = layer.l1();
        for (int i = 0; i < l1.length(); i++) {
            long entry = l1.get(i);
            if (entry != 0 && !allocator.addTable((entry & L2Entry.OFFSET) >>> clusterBits, 1)) {
                throw new ImageRefusedException(
                        medium.name(), "l1_table", String.format("entry %d, %#x, lies on another table", i, entry));
            }
        }
    }

    /** Refers to {@code count} clusters in a row, all of one group, that lie in a row from {@code host} on. */
    void link(long cluster, int count, long host) throws IOException {
        ByteBuffer entries = ENTRIES.get().clear();
        for (int i = 0; i < count; i++) {
            entries.putLong(L2Entry.COPIED | host + ((long) i << clusterBits));
        }
        replace(cluster, count, entries.flip());
    }

    /** What a cluster's entry is in the file. */
    long entry(long cluster) throws IOException {
        return layer.entry(cluster);
    }

    /** Sets the entries of clusters of one group; what they referred to and do not any more is let go. */
    void replace(long cluster, int count, ByteBuffer entries) throws IOException {
        ChainMap.Slice slice = map.slice(cluster);
        long[] old = new long[0];
        for (int i = 0; i < count; i++) {
            long place = slice.place(cluster + i);
            if (Place.layer(place) == 0 && Place.kind(place) != Place.NONE) {
                old = old.length == 0 ? new long[count] : old;
                old[i] = layer.entry(cluster + i);
            }
        }
        long table = writable(cluster);
        long inTable = cluster & ((1L << layer.l2Bits()) - 1);
        medium.write(table + inTable * Long.BYTES, entries.duplicate());
        for (int i = 0; i < count; i++) {
            long now = entries.getLong(i * Long.BYTES);
            slice.place(cluster + i, place(now));
            if (old.length > 0 && old[i] != 0) {
                letGo(old[i], now);
            }
        }
    }

    private static long place(long entry) {
        long own = entry < 0 ? Place.OWN : 0;
        if ((entry & L2Entry.COMPRESSED) != 0) {
            return Place.of(Place.COMPRESSED, 0, 0);
        } else if ((entry & L2Entry.ZERO) != 0) {
            return Place.of(Place.ZERO | own, 0, entry & L2Entry.OFFSET);
        }
        return entry == 0 ? Place.NONE : Place.of(Place.DATA | own, 0, entry & L2Entry.OFFSET);
    }

    private void letGo(long old, long now) {
        if ((old & L2Entry.COMPRESSED) != 0) {
            long first = L2Entry.compressedOffset(old, clusterBits);
            long last = first + L2Entry.compressedLength(old, clusterBits) - 1;
            for (long i = first >>> clusterBits; i <= last >>> clusterBits; i++) {
                allocator.retire(i);
            }
        } else if ((old & L2Entry.OFFSET) != 0
                && ((now & L2Entry.COMPRESSED) != 0 || (old & L2Entry.OFFSET) != (now & L2Entry.OFFSET))) {
            allocator.retire((old & L2Entry.OFFSET) >>> clusterBits);
        }
    }

    /** Whether there is a table for a cluster. */
    boolean exists(long cluster) {
        return layer.l1().get((int) (cluster >>> layer.l2Bits())) != 0;
    }

    /** The table of a cluster, made or copied if need be so that it may be written to. */
    private synchronized long writable(long cluster) throws IOException {
        int index = (int) (cluster >>> layer.l2Bits());
        long entry = layer.l1().get(index);
        if (entry < 0) {
            return entry & L2Entry.OFFSET;
        }
        allocator.allocate(1, run);
        long table = run.first << clusterBits;
        if (entry != 0) {
            copy(entry & L2Entry.OFFSET, table);
        } else if (!run.fresh) {
            zero(table);
        }
        allocator.addTable(run.first, 1);
        medium.write(
                layer.header().l1TableOffset() + (long) index * Long.BYTES,
                ByteBuffer.allocate(Long.BYTES).putLong(0, table | L2Entry.COPIED));
        layer.l1().set(index, table | L2Entry.COPIED);
        if (entry != 0) {
            allocator.retire((entry & L2Entry.OFFSET) >>> clusterBits);
        }
        return table;
    }

    private void zero(long table) throws IOException {
        for (int done = 0; done < 1 << clusterBits; ) {
            int count = Math.min(Zeroes.most(), (1 << clusterBits) - done);
            medium.write(table + done, Zeroes.of(count));
            done += count;
        }
        medium.force();
    }

    private void copy(long from, long to) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(1 << clusterBits);
        medium.read(from, content);
        medium.write(to, content.flip());
        medium.force();
    }

    /** Makes the L1 table long enough for {@code size} bytes. */
    synchronized void extend(long size) throws IOException {
        Header header = layer.header();
        long entries = header.l1EntriesFor(size);
        if (entries <= header.l1Size()) {
            return;
        }
        if (entries * Long.BYTES > Header.MOST_L1_BYTES) {
            throw new IOException("No space left on device: the L1 table may not be larger than 32 MiB");
        }
        int clusters = (int) ((entries * Long.BYTES + header.clusterSize() - 1) >>> clusterBits);
        long first = allocator.allocateTogether(clusters);
        AtomicLongArray grown = new AtomicLongArray((int) entries);
        ByteBuffer bytes = ByteBuffer.allocate((int) entries * Long.BYTES);
        for (int i = 0; i < header.l1Size(); i++) {
            grown.set(i, layer.l1().get(i));
            bytes.putLong(i * Long.BYTES, grown.get(i));
        }
        medium.write(first << clusterBits, bytes);
        medium.force();
        allocator.addTable(first, clusters);
        writeSize(header.with(header.size(), (int) entries, first << clusterBits));
        layer.l1(grown);
        medium.force();
        long old = ((long) header.l1Size() * Long.BYTES + header.clusterSize() - 1) >>> clusterBits;
        for (long i = 0; i < old; i++) {
            allocator.retire((header.l1TableOffset() >>> clusterBits) + i);
        }
    }

    /** Writes the size of the disk, for which the L1 table is long enough. */
    synchronized void size(long size) throws IOException {
        Header header = layer.header();
        writeSize(header.with(size, header.l1Size(), header.l1TableOffset()));
    }

    private void writeSize(Header header) throws IOException {
        ByteBuffer fields = ByteBuffer.allocate(24);
        fields.putLong(0, header.size())
                .putInt(8, 0)
                .putInt(12, header.l1Size())
                .putLong(16, header.l1TableOffset());
        medium.write(Header.SIZE_AT, fields);
        layer.header(header);
    }
}
