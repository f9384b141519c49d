package org.vinestock.dataplane.engine.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongPredicate;
import org.vinestock.dataplane.engine.medium.Medium;
import org.vinestock.dataplane.engine.medium.Zeroes;
import org.vinestock.dataplane.engine.qcow2.format.Header;
import org.vinestock.dataplane.engine.qcow2.format.HeaderReader;
import org.vinestock.dataplane.engine.qcow2.format.ImageRefusedException;
import org.vinestock.dataplane.engine.qcow2.format.L2Entry;

/** A qcow2 image in a chain: its tables, read where they lie, each entry checked when it is looked at. */
final class QcowLayer extends Layer {
    private static final int TABLE_BYTES = 4096;
    private static final int TABLE_ENTRIES = TABLE_BYTES / Long.BYTES;
    private static final ThreadLocal<ByteBuffer> TABLE =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(TABLE_BYTES));

    private final CompressedClusters compressed;
    private final int clusterBits;
    private final int l2Bits;
    private volatile Header header;
    private volatile long size;
    private volatile AtomicLongArray l1;
    private volatile LongPredicate guarded = offset -> false;

    QcowLayer(Medium medium) throws IOException {
        super(medium);
        this.header = HeaderReader.read(medium);
        this.clusterBits = header.clusterBits();
        this.l2Bits = clusterBits - 3;
        this.size = header.size();
        this.l1 = readL1(header.l1TableOffset(), header.l1Size(), "l1_table");
        this.compressed = new CompressedClusters(medium, header);
    }

    /** Another disk that the same file holds: a snapshot. */
    QcowLayer(QcowLayer of, long size, long l1Offset, int l1Size) throws IOException {
        super(of.medium);
        this.header = of.header;
        this.clusterBits = of.clusterBits;
        this.l2Bits = of.l2Bits;
        this.size = size;
        this.l1 = readL1(l1Offset, l1Size, "snapshot's l1_table");
        this.compressed = new CompressedClusters(of.medium, header);
    }

    private AtomicLongArray readL1(long offset, int entries, String field) throws IOException {
        AtomicLongArray table = new AtomicLongArray(entries);
        ByteBuffer bytes = ByteBuffer.allocate(entries * Long.BYTES);
        medium.read(offset, bytes);
        long fileSize = medium.size();
        for (int i = 0; i < entries; i++) {
            long entry = bytes.getLong(i * Long.BYTES);
            if (!L2Entry.soundL1(entry, clusterBits, fileSize)) {
                throw new ImageRefusedException(
                        medium.name(),
                        field,
                        String.format("entry %d is %#x, which is not aligned, reserved, or over the end", i, entry));
            }
            table.set(i, entry);
        }
        return table;
    }

    Header header() {
        return header;
    }

    void header(Header changed) {
        this.header = changed;
        this.size = changed.size();
    }

    AtomicLongArray l1() {
        return l1;
    }

    void l1(AtomicLongArray grown) {
        this.l1 = grown;
    }

    /** Takes for wrong, from now on, what says that a guest's own data lies where {@code guarded} holds. */
    void guard(LongPredicate where) {
        this.guarded = where;
    }

    @Override
    long size() {
        return size;
    }

    int clusterBits() {
        return clusterBits;
    }

    int l2Bits() {
        return l2Bits;
    }

    /** Where the L2 table of a cluster is, or 0. */
    private long l2Table(long cluster) {
        AtomicLongArray table = l1;
        long index = cluster >>> l2Bits;
        return index < table.length() ? table.get((int) index) & L2Entry.OFFSET : 0;
    }

    /** The entry of a cluster as it is in the file. */
    long entry(long cluster) throws IOException {
        long table = l2Table(cluster);
        if (table == 0) {
            return 0;
        }
        ByteBuffer bytes = TABLE.get().clear().limit(Long.BYTES);
        medium.read(table + (cluster & ((1L << l2Bits) - 1)) * Long.BYTES, bytes);
        return bytes.getLong(0);
    }

    @Override
    void resolve(long firstUnit, int unitBits, long[] places, int index) throws IOException {
        if (unitBits != clusterBits) {
            resolveOther(firstUnit, unitBits, places, index);
            return;
        }
        long fileSize = medium.size();
        ByteBuffer table = TABLE.get();
        int i = 0;
        while (i < places.length) {
            long cluster = firstUnit + i;
            int inTable = (int) (cluster & ((1L << l2Bits) - 1));
            int count = Math.min(Math.min(places.length - i, (1 << l2Bits) - inTable), TABLE_ENTRIES);
            long offset = l2Table(cluster);
            if (offset != 0) {
                medium.read(offset + inTable * 8L, table.clear().limit(count * Long.BYTES));
                for (int k = 0; k < count; k++) {
                    if (places[i + k] == Place.UNRESOLVED) {
                        places[i + k] = place(table.getLong(k * Long.BYTES), index, fileSize);
                    }
                }
            }
            i += count;
        }
        if (index > 0) {
            endAtSize(firstUnit, unitBits, places, index);
        }
    }

    /** What is beyond the end of a backing image is zeroes; a unit that crosses it is looked at in pieces. */
    private void endAtSize(long firstUnit, int unitBits, long[] places, int index) {
        for (int i = 0; i < places.length; i++) {
            long end = (firstUnit + i + 1) << unitBits;
            if (end > size) {
                long place = places[i];
                if (place == Place.UNRESOLVED || Place.layer(place) == index) {
                    places[i] = end - (1L << unitBits) >= size ? Place.NONE : Place.of(Place.MIXED, index, 0);
                }
            }
        }
    }

    private long place(long entry, int index, long fileSize) {
        if ((entry & L2Entry.COMPRESSED) != 0) {
            return Place.of(Place.COMPRESSED, index, 0);
        } else if (!L2Entry.sound(entry, header.version(), clusterBits, fileSize)) {
            return Place.of(Place.BAD, index, 0);
        }
        long own = entry < 0 ? Place.OWN : 0;
        if (own != 0 && guarded.test(entry & L2Entry.OFFSET)) {
            return Place.of(Place.BAD, index, 0);
        }
        if ((entry & L2Entry.ZERO) != 0) {
            return Place.of(Place.ZERO | own, index, entry & L2Entry.OFFSET);
        }
        return entry == 0 ? Place.UNRESOLVED : Place.of(Place.DATA | own, index, entry & L2Entry.OFFSET);
    }

    private void resolveOther(long firstUnit, int unitBits, long[] places, int index) throws IOException {
        long fileSize = medium.size();
        long before = -1;
        long found = Place.UNRESOLVED;
        for (int i = 0; i < places.length; i++) {
            if (places[i] != Place.UNRESOLVED) {
                continue;
            }
            long offset = (firstUnit + i) << unitBits;
            if (offset >= size) {
                places[i] = Place.NONE;
            } else if (offset + (1L << unitBits) > size) {
                places[i] = Place.of(Place.MIXED, index, 0);
            } else if (clusterBits > unitBits) {
                if (offset >>> clusterBits != before) {
                    before = offset >>> clusterBits;
                    found = place(entry(before), index, fileSize);
                }
                boolean at = Place.kind(found) == Place.DATA;
                places[i] = at ? found + (offset & ((1L << clusterBits) - 1)) : found;
            } else {
                places[i] = together(offset >>> clusterBits, 1 << (unitBits - clusterBits), index, fileSize);
            }
        }
    }

    /** What several clusters that make one unit are, seen as one. */
    private long together(long first, int count, int index, long fileSize) throws IOException {
        long whole = place(entry(first), index, fileSize);
        if (Place.kind(whole) == Place.COMPRESSED || Place.kind(whole) == Place.BAD) {
            return Place.of(Place.MIXED, index, 0);
        }
        for (int k = 1; k < count; k++) {
            long next = place(entry(first + k), index, fileSize);
            boolean fits = Place.kind(whole) == Place.DATA
                    ? Place.kind(next) == Place.DATA
                            && Place.offset(next) == Place.offset(whole) + ((long) k << clusterBits)
                    : Place.kind(next) == Place.kind(whole);
            if (!fits) {
                return Place.of(Place.MIXED, index, 0);
            }
        }
        return whole;
    }

    @Override
    void read(long offset, ByteBuffer into, Chain chain, int index) throws IOException {
        int limit = into.limit();
        long at = offset;
        while (into.position() < limit) {
            if (at >= size) {
                Zeroes.fill(into);
                return;
            }
            long cluster = at >>> clusterBits;
            long within = at & ((1L << clusterBits) - 1);
            int count = (int) Math.min(Math.min((1L << clusterBits) - within, size - at), limit - into.position());
            into.limit(into.position() + count);
            readCluster(entry(cluster), at, within, into, chain, index);
            into.limit(limit);
            at += count;
        }
    }

    private void readCluster(long entry, long at, long within, ByteBuffer into, Chain chain, int index)
            throws IOException {
        if ((entry & L2Entry.COMPRESSED) != 0) {
            compressed.read(entry, (int) within, into);
        } else if (!L2Entry.sound(entry, header.version(), clusterBits, medium.size())) {
            throw bad(at >>> clusterBits, entry);
        } else if ((entry & L2Entry.ZERO) != 0) {
            Zeroes.fill(into);
        } else if (entry == 0) {
            chain.readFrom(index + 1, at, into);
        } else {
            medium.read((entry & L2Entry.OFFSET) + within, into);
        }
    }

    ImageRefusedException bad(long cluster, long entry) {
        return new ImageRefusedException(
                medium.name(),
                "l2_table",
                String.format(
                        "the entry of cluster %d is %#x, which is not aligned, reserved, or over the end",
                        cluster, entry));
    }
}
