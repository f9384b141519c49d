package org.vinestock.dataplane.engine.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.vinestock.dataplane.engine.block.InFlight;
import org.vinestock.dataplane.engine.medium.Medium;
import org.vinestock.dataplane.engine.qcow2.format.Header;
import org.vinestock.dataplane.engine.qcow2.format.HeaderReader;
import org.vinestock.dataplane.engine.qcow2.format.L2Entry;

/** Makes an image count what it uses. */
final class RefcountRepair {
    private final Medium medium;
    private final Header header;
    private final RefcountCheck check;

    private RefcountRepair(Medium medium, Header header) throws IOException {
        this.medium = medium;
        this.header = header;
        this.check = new RefcountCheck(medium, header);
    }

    /** Puts an image in order that was not closed: leaks are freed, counts that were never written are. */
    static void afterDeath(Medium medium, Header header) throws IOException {
        CheckReport report = new RefcountRepair(medium, header).run();
        if (header.dirty() && report.corruptions() == 0) {
            clear(medium, Header.DIRTY);
        }
    }

    /** Repairs what can be, and returns what was found before. */
    static CheckReport repair(Medium medium, Header header) throws IOException {
        CheckReport found = new RefcountRepair(medium, header).run();
        if (new RefcountCheck(medium, HeaderReader.read(medium)).run().corruptions() == 0) {
            clear(medium, Header.DIRTY | Header.CORRUPT);
        }
        return found;
    }

    private static void clear(Medium medium, long bits) throws IOException {
        Header now = HeaderReader.read(medium);
        if (now.version() == 3 && (now.incompatibleFeatures() & bits) != 0) {
            medium.write(
                    Header.INCOMPATIBLE_AT,
                    ByteBuffer.allocate(Long.BYTES).putLong(0, now.incompatibleFeatures() & ~bits));
            medium.force();
        }
    }

    private CheckReport run() throws IOException {
        CheckReport report = check.run();
        if (report.clean()) {
            return report;
        }
        Allocator allocator = new Allocator(medium, header, check.refcounts(), new InFlight());
        long end = check.uses().end();
        for (long i = 0; i < end; i++) {
            if (check.uses().get(i) > 0) {
                allocator.ensureCovered(i);
            }
        }
        if (report.corruptions() > 0) {
            flags();
        }
        counts(end);
        medium.force();
        return report;
    }

    private void counts(long end) throws IOException {
        Refcounts refcounts = check.refcounts();
        // Blocks made just now lie behind all that was used, and count themselves.
        long ours = (medium.size() + header.clusterSize() - 1) >>> header.clusterBits();
        long[] counts = new long[UseCounts.CHUNK];
        for (long first = 0; first < ours; first += counts.length) {
            refcounts.read(first, counts);
            for (int i = 0; i < counts.length && first + i < ours; i++) {
                long cluster = first + i;
                boolean block = cluster >= end && isBlock(cluster);
                int used = block ? 1 : check.uses().get(cluster);
                if (counts[i] != used) {
                    refcounts.set(cluster, 1, Math.min(used, refcounts.most()));
                }
            }
        }
    }

    private boolean isBlock(long cluster) {
        Refcounts refcounts = check.refcounts();
        long offset = cluster << header.clusterBits();
        long table = refcounts.tableOffset();
        if (offset >= table && offset < table + (long) refcounts.tableLength() * Long.BYTES) {
            return true;
        }
        for (int i = 0; i < refcounts.tableLength(); i++) {
            if (refcounts.block(i) == offset) {
                return true;
            }
        }
        return false;
    }

    private void flags() throws IOException {
        for (int i = 0; i < header.l1Size(); i++) {
            long at = header.l1TableOffset() + i * 8L;
            long entry = flag(at);
            long table = entry & L2Entry.OFFSET;
            if (table != 0 && L2Entry.soundL1(entry, header.clusterBits(), medium.size())) {
                for (int k = 0; k < header.clusterSize() / Long.BYTES; k++) {
                    flag(table + k * 8L);
                }
            }
        }
    }

    private long flag(long at) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES);
        medium.read(at, bytes);
        long entry = bytes.getLong(0);
        if ((entry & L2Entry.COMPRESSED) == 0 && (entry & L2Entry.OFFSET) != 0) {
            boolean once = check.uses().get((entry & L2Entry.OFFSET) >>> header.clusterBits()) == 1;
            long right = once ? entry | L2Entry.COPIED : entry & ~L2Entry.COPIED;
            if (right != entry) {
                medium.write(at, ByteBuffer.allocate(Long.BYTES).putLong(0, right));
            }
        }
        return entry;
    }
}
