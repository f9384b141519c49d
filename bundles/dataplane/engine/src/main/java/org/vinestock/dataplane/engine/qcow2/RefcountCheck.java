package org.vinestock.dataplane.engine.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.vinestock.dataplane.engine.medium.Medium;
import org.vinestock.dataplane.engine.qcow2.format.BitmapEntry;
import org.vinestock.dataplane.engine.qcow2.format.Header;
import org.vinestock.dataplane.engine.qcow2.format.L2Entry;
import org.vinestock.dataplane.engine.qcow2.format.Snapshot;

/** Follows every reference of an image and compares what it counts with what the image counts. */
final class RefcountCheck {
    private static final int MOST_FINDINGS = 100;

    private final Medium medium;
    private final Header header;
    private final int clusterBits;
    private final long fileSize;
    private final Refcounts refcounts;
    private final UseCounts uses = new UseCounts();
    private final List<String> findings = new ArrayList<>();
    private long corruptions;
    private long leaks;
    private long allocated;
    private long compressed;

    RefcountCheck(Medium medium, Header header) throws IOException {
        this.medium = medium;
        this.header = header;
        this.clusterBits = header.clusterBits();
        this.fileSize = medium.size();
        this.refcounts = new Refcounts(medium, header);
    }

    UseCounts uses() {
        return uses;
    }

    Refcounts refcounts() {
        return refcounts;
    }

    /** Looks at everything once. */
    CheckReport run() throws IOException {
        use("header", 0, header.clusterSize());
        use("refcount_table", refcounts.tableOffset(), (long) refcounts.tableLength() * Long.BYTES);
        for (int i = 0; i < refcounts.tableLength(); i++) {
            if (refcounts.block(i) != 0) {
                use("refcount block", refcounts.block(i), header.clusterSize());
            }
        }
        if (header.snapshotCount() > 0) {
            use("snapshot table", header.snapshotsOffset(), Snapshot.tableLength(medium, header));
            for (Snapshot snapshot : Snapshot.read(medium, header)) {
                disk(snapshot.l1TableOffset(), snapshot.l1Size(), false);
            }
        }
        bitmaps();
        disk(header.l1TableOffset(), header.l1Size(), true);
        compare();
        copiedFlags();
        long clusters = (header.size() + header.clusterSize() - 1) >>> clusterBits;
        return new CheckReport(
                corruptions, leaks, findings, clusters, allocated, compressed, uses.end() << clusterBits);
    }

    private void bitmaps() throws IOException {
        Header.BitmapsExtension where = header.bitmaps();
        if (where == null) {
            return;
        }
        use("bitmap directory", where.directoryOffset(), where.directorySize());
        for (BitmapEntry entry : BitmapEntry.read(medium, header)) {
            use("bitmap table", entry.tableOffset(), entry.tableSize() * 8L);
            for (long cluster : longs(entry.tableOffset(), entry.tableSize())) {
                if ((cluster & L2Entry.OFFSET) != 0) {
                    use("bitmap", cluster & L2Entry.OFFSET, header.clusterSize());
                }
            }
        }
    }

    private long[] longs(long offset, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count * Long.BYTES);
        medium.read(offset, bytes);
        long[] longs = new long[count];
        bytes.flip().asLongBuffer().get(longs);
        return longs;
    }

    private void disk(long l1Offset, int l1Size, boolean active) throws IOException {
        if (l1Size == 0) {
            return;
        }
        use("l1_table", l1Offset, l1Size * 8L);
        long[] l1 = longs(l1Offset, l1Size);
        for (int i = 0; i < l1Size; i++) {
            long table = l1[i] & L2Entry.OFFSET;
            if (!L2Entry.soundL1(l1[i], clusterBits, fileSize)) {
                corrupt(String.format("l1_table: entry %d is %#x", i, l1[i]));
            } else if (table != 0) {
                use("l2_table", table, header.clusterSize());
                for (long entry : longs(table, header.clusterSize() / Long.BYTES)) {
                    entry(entry, i, active);
                }
            }
        }
    }

    private void entry(long entry, int table, boolean active) {
        if ((entry & L2Entry.COMPRESSED) != 0) {
            long offset = L2Entry.compressedOffset(entry, clusterBits);
            if (entry < 0 || offset >= fileSize) {
                corrupt(String.format("l2_table %d: compressed entry %#x", table, entry));
                return;
            }
            use("compressed cluster", offset, L2Entry.compressedLength(entry, clusterBits));
            allocated += active ? 1 : 0;
            compressed += active ? 1 : 0;
        } else if (!L2Entry.sound(entry, header.version(), clusterBits, fileSize)) {
            corrupt(String.format("l2_table %d: entry %#x", table, entry));
        } else if ((entry & L2Entry.OFFSET) != 0) {
            use("cluster", entry & L2Entry.OFFSET, header.clusterSize());
            allocated += active ? 1 : 0;
        }
    }

    private void use(String what, long offset, long length) {
        if (offset < 0 || offset >= fileSize) {
            corrupt(what + " at " + offset + " is over the end of the file");
            return;
        }
        for (long i = offset >>> clusterBits; i <= (offset + Math.max(1, length) - 1) >>> clusterBits; i++) {
            uses.add(i);
        }
    }

    private void compare() throws IOException {
        long end = Math.max((fileSize + header.clusterSize() - 1) >>> clusterBits, uses.end());
        long[] counts = new long[UseCounts.CHUNK];
        for (long first = 0; first < end; first += counts.length) {
            refcounts.read(first, counts);
            for (int i = 0; i < counts.length && first + i < end; i++) {
                int used = uses.get(first + i);
                if (counts[i] > used) {
                    leaks++;
                    find(String.format("leak: cluster %d is counted %d times and used %d", first + i, counts[i], used));
                } else if (counts[i] < used) {
                    corrupt(String.format(
                            "refcount: cluster %d is counted %d times and used %d", first + i, counts[i], used));
                }
            }
        }
    }

    /** The flag of an entry must say whether what it refers to is used once. */
    private void copiedFlags() throws IOException {
        long[] l1 = longs(header.l1TableOffset(), header.l1Size());
        for (int i = 0; i < l1.length; i++) {
            long table = l1[i] & L2Entry.OFFSET;
            if (table != 0 && L2Entry.soundL1(l1[i], clusterBits, fileSize)) {
                flag("l1_table", i, l1[i]);
                long[] entries = longs(table, header.clusterSize() / Long.BYTES);
                for (int k = 0; k < entries.length; k++) {
                    boolean standard = (entries[k] & L2Entry.COMPRESSED) == 0 && (entries[k] & L2Entry.OFFSET) != 0;
                    if (standard && L2Entry.sound(entries[k], header.version(), clusterBits, fileSize)) {
                        flag("l2_table " + i, k, entries[k]);
                    }
                }
            }
        }
    }

    private void flag(String table, int index, long entry) {
        if ((entry < 0) != (uses.get((entry & L2Entry.OFFSET) >>> clusterBits) == 1)) {
            corrupt(String.format("%s: entry %d, %#x, has the wrong flag of being used once", table, index, entry));
        }
    }

    private void corrupt(String what) {
        corruptions++;
        find(what);
    }

    private void find(String what) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(what);
        }
    }
}
