package org.vinestock.dataplane.engine.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.vinestock.dataplane.engine.block.Zeroing;
import org.vinestock.dataplane.engine.medium.Medium;
import org.vinestock.dataplane.engine.medium.Zeroes;
import org.vinestock.dataplane.engine.qcow2.format.L2Entry;

/** Discards clusters and makes zeroes of them, by what their entries say. */
final class Zeroer {
    private static final ThreadLocal<ByteBuffer> ENTRY = ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(8));

    private final QcowLayer top;
    private final Medium medium;
    private final ChainMap map;
    private final Tables tables;
    private final Writes writes;
    private final Allocator allocator;
    private final boolean alone;
    private final boolean v3;
    private final int clusterBits;

    Zeroer(Chain chain, ChainMap map, Tables tables, Writes writes, Allocator allocator) {
        this.top = (QcowLayer) chain.layer(0);
        this.medium = top.medium;
        this.map = map;
        this.tables = tables;
        this.writes = writes;
        this.allocator = allocator;
        this.alone = chain.depth() == 1;
        this.v3 = top.header().version() == 3;
        this.clusterBits = top.clusterBits();
    }

    /** Gives back the room of whole clusters in the range; what a backing image holds does not come to light. */
    void discard(long offset, long length) throws IOException {
        if (alone || v3) {
            eachCluster(offset, length, true, cluster -> {
                long place = map.place(cluster);
                boolean compressed = Place.kind(place) == Place.COMPRESSED;
                if (Place.layer(place) == 0 && (compressed || Place.offset(place) != 0)) {
                    set(cluster, alone ? 0 : L2Entry.ZERO);
                }
            });
        }
    }

    /** Forgets whole clusters at the end of the disk, which is about to be cut off there. */
    void cut(long offset, long length) throws IOException {
        eachCluster(offset, length, true, cluster -> {
            long place = map.place(cluster);
            if (Place.layer(place) == 0 && Place.kind(place) != Place.NONE) {
                // Not what lies beneath, even if the disk is never made shorter after all.
                set(cluster, alone ? 0 : L2Entry.ZERO);
            }
        });
    }

    /** False, with nothing changed, where it would be as slow as writing and that is not wanted. */
    boolean zero(long offset, long length, Zeroing zeroing) throws IOException {
        boolean byEntry = v3 || (alone && zeroing != Zeroing.KEEP_ALLOCATED);
        if (!byEntry && zeroing == Zeroing.FAST_ONLY) {
            return false;
        }
        long size = 1L << clusterBits;
        long first = (offset + size - 1) & -size;
        long end = offset + length;
        // What follows the end of the disk in its last cluster is nobody's.
        long last = end == top.size() ? (end + size - 1) & -size : end & -size;
        if (!byEntry || first >= last) {
            write(offset, length);
            return true;
        }
        write(offset, first - offset);
        write(last, end - last);
        boolean keep = zeroing == Zeroing.KEEP_ALLOCATED;
        eachCluster(first, last - first, !keep, cluster -> zeroCluster(cluster, zeroing));
        return true;
    }

    private void zeroCluster(long cluster, Zeroing zeroing) throws IOException {
        long place = map.place(cluster);
        boolean here = Place.layer(place) == 0 && Place.own(place) && Place.offset(place) != 0;
        if (zeroing == Zeroing.KEEP_ALLOCATED) {
            if (here && Place.kind(place) == Place.DATA) {
                set(cluster, L2Entry.COPIED | Place.offset(place) | L2Entry.ZERO);
            } else if (!here) {
                Allocator.Run run = new Allocator.Run();
                allocator.allocate(1, run);
                medium.allocate(run.first << clusterBits, 1L << clusterBits);
                set(cluster, L2Entry.COPIED | run.first << clusterBits | L2Entry.ZERO);
            }
        } else if (!Place.readsZero(place)) {
            set(cluster, alone ? 0 : L2Entry.ZERO);
        }
    }

    private void set(long cluster, long entry) throws IOException {
        synchronized (map.lock(cluster)) {
            tables.replace(cluster, 1, ENTRY.get().clear().putLong(0, entry));
        }
    }

    private void write(long offset, long length) throws IOException {
        long done = 0;
        while (done < length) {
            int count = (int) Math.min(Zeroes.most(), length - done);
            if (!zeroesAlready(offset + done, count)) {
                writes.write(offset + done, Zeroes.of(count));
            }
            done += count;
        }
    }

    private boolean zeroesAlready(long offset, long length) throws IOException {
        for (long cluster = offset >>> clusterBits; cluster <= (offset + length - 1) >>> clusterBits; cluster++) {
            if (!Place.readsZero(map.place(cluster))) {
                return false;
            }
        }
        return true;
    }

    @FunctionalInterface
    private interface OnCluster {
        void at(long cluster) throws IOException;
    }

    private void eachCluster(long offset, long length, boolean onlyWhatIsThere, OnCluster action) throws IOException {
        long size = 1L << clusterBits;
        long cluster = (offset + size - 1) >>> clusterBits;
        long last = offset + length >= top.size()
                ? (offset + length + size - 1) >>> clusterBits
                : (offset + length) >>> clusterBits;
        while (cluster < last) {
            long end = Math.min(last, cluster + Writes.leftInGroup(cluster));
            if (onlyWhatIsThere && alone && !tables.exists(cluster)) {
                // Nothing is said about any cluster of a table that is not there.
                cluster = Math.min(last, ((cluster >>> top.l2Bits()) + 1) << top.l2Bits());
                continue;
            }
            synchronized (writes.group(cluster)) {
                for (; cluster < end; cluster++) {
                    action.at(cluster);
                }
            }
        }
    }
}
