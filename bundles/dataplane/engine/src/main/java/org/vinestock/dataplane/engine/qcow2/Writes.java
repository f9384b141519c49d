package org.vinestock.dataplane.engine.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.vinestock.dataplane.engine.medium.Medium;
import org.vinestock.dataplane.engine.medium.Zeroes;

/**
 * Writes to the top of a chain: in place where a cluster is the image's own, without a lock; else into new clusters, one
 * writer a group of clusters at a time.
 *
 * <p>A cluster that replaces something is durable before it is referred to: so whoever loses its power finds the old or
 * the new, never zeroes or what another cluster once was.
 */
final class Writes {
    private final Medium medium;
    private final ChainMap map;
    private final Reads reads;
    private final Tables tables;
    private final Allocator allocator;
    private final Barrier barrier;
    private final int clusterBits;
    private final long clusterSize;
    private final Buffers clusters;
    private final Object[] groups = new Object[64];

    Writes(QcowLayer top, ChainMap map, Reads reads, Tables tables, Allocator allocator, Barrier barrier) {
        this.medium = top.medium;
        this.map = map;
        this.reads = reads;
        this.tables = tables;
        this.allocator = allocator;
        this.barrier = barrier;
        this.clusterBits = top.clusterBits();
        this.clusterSize = 1L << clusterBits;
        this.clusters = new Buffers(1 << clusterBits);
        Arrays.setAll(groups, i -> new Object());
    }

    /** What must be held to give a cluster, and those of its group, another place. */
    Object group(long cluster) {
        return groups[(int) (cluster / Tables.GROUP) & (groups.length - 1)];
    }

    /** Clusters of the group from this one on. */
    static int leftInGroup(long cluster) {
        return Tables.GROUP - (int) (cluster & (Tables.GROUP - 1));
    }

    void write(long offset, ByteBuffer from) throws IOException {
        long at = offset;
        int limit = from.limit();
        int position = from.position();
        while (position < limit) {
            int count = writeInPlace(at, from.limit(limit).position(position));
            if (count == 0) {
                count = writeNew(at, from.limit(limit).position(position));
            }
            at += count;
            position += count;
        }
    }

    private static boolean ours(long place) {
        return (place & (7 | Place.OWN)) == (Place.DATA | Place.OWN) && Place.layer(place) == 0;
    }

    /** Writes as much as lies in a row in clusters of our own. */
    private int writeInPlace(long at, ByteBuffer from) throws IOException {
        long cluster = at >>> clusterBits;
        ChainMap.Slice slice = map.slice(cluster);
        long place = slice.place(cluster);
        if (!ours(place)) {
            return 0;
        }
        long within = at & (clusterSize - 1);
        long host = Place.offset(place) + within;
        long count = clusterSize - within;
        while (count < from.remaining()
                && ((cluster + 1) & (ChainMap.SLICE - 1)) != 0
                && slice.place(cluster + 1) == place + clusterSize) {
            cluster++;
            place += clusterSize;
            count += clusterSize;
        }
        int length = (int) Math.min(count, from.remaining());
        medium.write(host, from.limit(from.position() + length));
        return length;
    }

    /** Writes into new clusters: as many as come in a row, of one group; 0 if another writer was first. */
    private int writeNew(long at, ByteBuffer from) throws IOException {
        long cluster = at >>> clusterBits;
        long within = at & (clusterSize - 1);
        int length = from.remaining();
        int wanted = (int) Math.min(leftInGroup(cluster), (within + length + clusterSize - 1) >>> clusterBits);
        synchronized (group(cluster)) {
            long place = map.place(cluster);
            if (ours(place)) {
                return 0;
            }
            Allocator.Run run = new Allocator.Run();
            if (keptRoom(place)) {
                run.first = Place.offset(place) >>> clusterBits;
                run.count = 1;
                fillAndLink(run, at, from, 1);
                return (int) Math.min(clusterSize - within, length);
            }
            int count = 1;
            while (count < wanted && !ours(map.place(cluster + count)) && !keptRoom(map.place(cluster + count))) {
                count++;
            }
            allocator.allocate(count, run);
            try {
                fillAndLink(run, at, from, run.count);
            } catch (IOException e) {
                allocator.giveBack(run);
                throw e;
            }
            return (int) Math.min(((long) run.count << clusterBits) - within, length);
        }
    }

    private static boolean keptRoom(long place) {
        return Place.kind(place) == Place.ZERO
                && Place.own(place)
                && Place.layer(place) == 0
                && Place.offset(place) != 0;
    }

    private void fillAndLink(Allocator.Run run, long at, ByteBuffer from, int count) throws IOException {
        long cluster = at >>> clusterBits;
        long host = run.first << clusterBits;
        boolean replaces = !run.fresh;
        for (int i = 0; i < count; i++) {
            replaces |= !Place.readsZero(map.place(cluster + i));
        }
        long within = at & (clusterSize - 1);
        int length = (int) Math.min(((long) count << clusterBits) - within, from.remaining());
        from.limit(from.position() + length);
        if (count == 1 && length < clusterSize && !Place.readsZero(map.place(cluster))) {
            merge(map.place(cluster), at, from, host);
        } else {
            fill(cluster, 0, within, host, run.fresh);
            medium.write(host + within, from);
            long tail = (within + length) & (clusterSize - 1);
            if (tail != 0) {
                fill(cluster + count - 1, tail, clusterSize, host + ((long) (count - 1) << clusterBits), run.fresh);
            }
        }
        if (replaces) {
            barrier.pass();
        }
        synchronized (map.lock(cluster)) {
            tables.link(cluster, count, host);
        }
    }

    /** One cluster, of which a part is new: read once, written once. */
    private void merge(long place, long at, ByteBuffer from, long host) throws IOException {
        ByteBuffer whole = clusters.take();
        try {
            reads.readPlace(place, at & -clusterSize, whole);
            whole.position((int) (at & (clusterSize - 1)));
            whole.put(from);
            medium.write(host, whole.clear());
        } finally {
            clusters.give(whole);
        }
    }

    /** Copies what was there into the part of a new cluster that is not written. */
    private void fill(long cluster, long from, long to, long host, boolean fresh) throws IOException {
        long place = map.place(cluster);
        if (from == to || (fresh && Place.readsZero(place))) {
            return;
        }
        ByteBuffer part = clusters.take();
        try {
            part.limit((int) (to - from));
            if (Place.readsZero(place)) {
                Zeroes.fill(part);
            } else {
                reads.readPlace(place, (cluster << clusterBits) + from, part);
            }
            medium.write(host + from, part.flip().limit((int) (to - from)));
        } finally {
            clusters.give(part);
        }
    }
}
