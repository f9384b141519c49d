package org.vinestock.dataplane.engine.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.vinestock.dataplane.engine.block.InFlight;
import org.vinestock.dataplane.engine.block.Zeroing;
import org.vinestock.dataplane.engine.medium.Medium;
import org.vinestock.dataplane.engine.qcow2.format.Header;
import org.vinestock.dataplane.engine.qcow2.format.L2Entry;

/**
 * All that changes an image. Before the first change the image is marked as being in use - so that whoever finds it so
 * looks for leaks - and after the last the mark is taken away.
 */
final class Changes {
    private static final int MOST_WAITING = 1 << 16;

    private final Chain chain;
    private final QcowLayer top;
    private final Medium medium;
    private final ChainMap map;
    private final Allocator allocator;
    private final Tables tables;
    private final Writes writes;
    private final Zeroer zeroer;
    private final Barrier barrier;
    private final Bitmaps bitmaps;
    private final int clusterBits;
    private volatile boolean begun;
    private final PackedRoom packed;

    Changes(Chain chain, ChainMap map, Reads reads, Bitmaps bitmaps, InFlight inFlight) throws IOException {
        this.chain = chain;
        this.top = (QcowLayer) chain.layer(0);
        this.medium = top.medium;
        this.map = map;
        this.clusterBits = top.clusterBits();
        this.barrier = new Barrier(medium);
        Refcounts refcounts = new Refcounts(medium, top.header());
        this.allocator = new Allocator(medium, top.header(), refcounts, inFlight);
        this.tables = new Tables(top, allocator, map);
        this.bitmaps = bitmaps;
        bitmaps.guard(allocator);
        top.guard(allocator::table);
        this.writes = new Writes(top, map, reads, tables, allocator, barrier);
        this.packed = new PackedRoom(allocator, clusterBits);
        this.zeroer = new Zeroer(chain, map, tables, writes, allocator);
    }

    private void begin(long offset, long length) throws IOException {
        if (!begun) {
            markBegun();
        }
        bitmaps.note(offset, length);
    }

    private synchronized void markBegun() throws IOException {
        if (!begun) {
            Header header = top.header();
            if (header.version() == 3) {
                long known = bitmaps.consistent() ? Header.BITMAPS : 0;
                put(Header.INCOMPATIBLE_AT, header.incompatibleFeatures() | Header.DIRTY);
                put(Header.AUTOCLEAR_AT, header.autoclearFeatures() & known);
                bitmaps.begin();
                medium.force();
            }
            begun = true;
        }
    }

    private void put(long at, long value) throws IOException {
        medium.write(at, ByteBuffer.allocate(Long.BYTES).putLong(0, value));
    }

    void write(long offset, ByteBuffer from) throws IOException {
        begin(offset, from.remaining());
        writes.write(offset, from);
    }

    void discard(long offset, long length) throws IOException {
        begin(offset, length);
        zeroer.discard(offset, length);
        relieve();
    }

    boolean zero(long offset, long length, Zeroing zeroing) throws IOException {
        begin(offset, length);
        boolean done = zeroer.zero(offset, length, zeroing);
        relieve();
        return done;
    }

    private void relieve() throws IOException {
        if (allocator.waiting() > MOST_WAITING) {
            flush();
        }
    }

    void flush() throws IOException {
        if (begun) {
            int waiting = allocator.waiting();
            barrier.pass();
            if (waiting > 0) {
                allocator.release(waiting);
            }
        }
    }

    synchronized boolean resize(long size) throws IOException {
        long before = top.size();
        // Version 2 cannot hide what an image beneath holds where nothing is any more.
        boolean shows = size < before && chain.depth() > 1 && top.header().version() == 2;
        if (shows || top.header().snapshotCount() > 0 || !bitmaps.all().isEmpty()) {
            return false;
        }
        begin(0, 0);
        long clusterSize = 1L << clusterBits;
        if (size < before) {
            long kept = (size + clusterSize - 1) & -clusterSize;
            if (kept < before) {
                zeroer.cut(kept, before - kept);
            }
        } else if (size > before) {
            tables.extend(size);
            long shown = Math.min(size, Math.max((before + clusterSize - 1) & -clusterSize, beneath()));
            // Before the disk is longer: else what an image beneath holds there would be seen after a death.
            zeroer.zero(before, ((shown + clusterSize - 1) & -clusterSize) - before, Zeroing.MAY_UNMAP);
            barrier.pass();
        }
        tables.size(size);
        barrier.pass();
        return true;
    }

    /** How much of the disk an image beneath could show. */
    private long beneath() {
        return chain.depth() > 1 ? chain.layer(1).size() : 0;
    }

    /** Puts a compressed cluster where nothing is yet, close behind the one before. */
    void writeCompressed(long cluster, ByteBuffer content) throws IOException {
        int length = content.remaining();
        begin(cluster << clusterBits, 1L << clusterBits);
        long at = packed.room(length);
        medium.write(at, content);
        synchronized (map.lock(cluster)) {
            tables.replace(
                    cluster,
                    1,
                    ByteBuffer.allocate(Long.BYTES).putLong(0, L2Entry.compressed(at, length, clusterBits)));
        }
    }

    /** Gives every cluster of an image that nothing was written to a place. */
    void preallocate(boolean room) throws IOException {
        begin(0, 0);
        long clusters = (top.size() + (1L << clusterBits) - 1) >>> clusterBits;
        Allocator.Run run = new Allocator.Run();
        for (long cluster = 0; cluster < clusters; cluster += run.count) {
            int most = (int) Math.min(Writes.leftInGroup(cluster), clusters - cluster);
            allocator.allocate(most, run);
            if (room) {
                medium.allocate(run.first << clusterBits, (long) run.count << clusterBits);
            }
            synchronized (map.lock(cluster)) {
                tables.link(cluster, run.count, run.first << clusterBits);
            }
        }
    }

    void close() throws IOException {
        if (begun) {
            barrier.pass();
            bitmaps.save(allocator);
            allocator.close();
            medium.force();
            Header header = top.header();
            if (header.version() == 3) {
                put(Header.AUTOCLEAR_AT, header.autoclearFeatures() & (bitmaps.consistent() ? Header.BITMAPS : 0));
                put(Header.INCOMPATIBLE_AT, header.incompatibleFeatures() & ~Header.DIRTY);
                medium.force();
            }
        }
    }
}
