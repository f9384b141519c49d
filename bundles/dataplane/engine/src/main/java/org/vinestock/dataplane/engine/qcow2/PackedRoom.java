package org.vinestock.dataplane.engine.qcow2;

import java.io.IOException;

/** Gives room to compressed clusters, each close behind the one before, several to a cluster of the file. */
final class PackedRoom {
    private final Allocator allocator;
    private final int clusterBits;
    private final Allocator.Run run = new Allocator.Run();
    private long at;
    private long end;

    /** Clusters from here on are counted for whoever uses them first. */
    private long untouched;

    PackedRoom(Allocator allocator, int clusterBits) {
        this.allocator = allocator;
        this.clusterBits = clusterBits;
    }

    /** Where {@code length} bytes, less than a cluster, may be put. */
    synchronized long room(int length) throws IOException {
        if (end - at < length) {
            allocator.allocate(1, run);
            long first = run.first << clusterBits;
            if (first != end || !shared(at, end)) {
                at = first;
            }
            untouched = first;
            end = first + (1L << clusterBits);
        } else if (!shared(at, at + length)) {
            at = end;
            return room(length);
        }
        untouched = Math.max(untouched, (((at + length - 1) >>> clusterBits) + 1) << clusterBits);
        long given = at;
        at += length;
        return given;
    }

    /** Counts one more for the cluster that a range begins in, if somebody uses it already. */
    private boolean shared(long from, long to) throws IOException {
        return from == to || from >= untouched || allocator.raise(from >>> clusterBits, from >>> clusterBits);
    }
}
