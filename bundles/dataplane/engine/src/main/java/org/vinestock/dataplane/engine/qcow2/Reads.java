package org.vinestock.dataplane.engine.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.vinestock.dataplane.engine.block.ExtentSink;
import org.vinestock.dataplane.engine.block.RawDevice;
import org.vinestock.dataplane.engine.medium.Medium;
import org.vinestock.dataplane.engine.medium.Zeroes;

/** Reads a chain by its map: without a lock, and without looking at tables while the map knows. */
final class Reads {
    /** Slices that one question about extents looks at; whoever wants to know more asks again. */
    private static final int MOST_SLICES = 1024;

    private final Chain chain;
    private final ChainMap map;
    private final int clusterBits;
    private final long clusterSize;

    Reads(Chain chain, ChainMap map, int clusterBits) {
        this.chain = chain;
        this.map = map;
        this.clusterBits = clusterBits;
        this.clusterSize = 1L << clusterBits;
    }

    void read(long offset, ByteBuffer into) throws IOException {
        long at = offset;
        int limit = into.limit();
        while (into.position() < limit) {
            long cluster = at >>> clusterBits;
            ChainMap.Slice slice = map.slice(cluster);
            long place = slice.place(cluster);
            long within = at & (clusterSize - 1);
            int wanted = limit - into.position();
            long count = clusterSize - within;
            while (count < wanted && continues(slice, cluster + 1, place)) {
                cluster++;
                place = slice.place(cluster);
                count += clusterSize;
            }
            int length = (int) Math.min(count, wanted);
            into.limit(into.position() + length);
            // The place of the last cluster tells that of the first, as they lie in a row.
            readPlace(first(place, cluster - (at >>> clusterBits)), at, into);
            into.limit(limit);
            into.position(limit - wanted + length);
            at += length;
        }
    }

    private long first(long last, long clusters) {
        return Place.kind(last) == Place.DATA ? last - (clusters << clusterBits) : last;
    }

    private boolean continues(ChainMap.Slice slice, long cluster, long before) {
        if ((cluster & (ChainMap.SLICE - 1)) == 0) {
            return false;
        }
        long place = slice.place(cluster);
        int kind = Place.kind(before);
        return kind == Place.DATA
                ? place == before + clusterSize
                : (kind == Place.NONE || kind == Place.ZERO) && Place.readsZero(place);
    }

    /** Lets a raw disk take what lies as it is and in a row, of so many bytes; returns how many, 0: that way is not open. */
    long give(long offset, long most, RawDevice to) throws IOException {
        long cluster = offset >>> clusterBits;
        ChainMap.Slice slice = map.slice(cluster);
        long place = slice.place(cluster);
        if (Place.kind(place) != Place.DATA) {
            return 0;
        }
        long within = offset & (clusterSize - 1);
        long from = Place.offset(place) + within;
        Medium medium = chain.medium(Place.layer(place));
        long count = clusterSize - within;
        while (count < most && continues(slice, ++cluster, place)) {
            place = slice.place(cluster);
            count += clusterSize;
        }
        long length = Math.min(count, most);
        return to.take(offset, medium, from, length) ? length : 0;
    }

    /** Reads from a place, and those in a row after it. */
    void readPlace(long place, long offset, ByteBuffer into) throws IOException {
        switch (Place.kind(place)) {
            case (int) Place.DATA ->
                chain.medium(Place.layer(place)).read(Place.offset(place) + (offset & (clusterSize - 1)), into);
            case (int) Place.NONE, (int) Place.ZERO -> Zeroes.fill(into);
            case (int) Place.BAD ->
                throw ((QcowLayer) chain.layer(Place.layer(place)))
                        .bad(
                                offset >>> clusterBits,
                                ((QcowLayer) chain.layer(Place.layer(place))).entry(offset >>> clusterBits));
            default -> chain.readFrom(Place.layer(place), offset, into);
        }
    }

    void extents(long offset, long length, ExtentSink into) throws IOException {
        long end = offset + length;
        long at = offset;
        long lastSlice = (offset >>> clusterBits >>> ChainMap.SLICE_BITS) + MOST_SLICES;
        boolean wanted = true;
        while (at < end && wanted && at >>> clusterBits >>> ChainMap.SLICE_BITS < lastSlice) {
            long cluster = at >>> clusterBits;
            ChainMap.Slice slice = map.slice(cluster);
            long place = slice.place(cluster);
            long next = (cluster + 1) << clusterBits;
            while (next < end && alike(slice, next >>> clusterBits, place)) {
                next += clusterSize;
            }
            next = Math.min(next, end);
            if (Place.kind(place) == Place.DATA && chain.layer(Place.layer(place)) instanceof RawLayer) {
                wanted = holes(at, next, Place.layer(place), into);
            } else {
                wanted = into.extent(next - at, kind(place), Place.kind(place) == Place.NONE ? -1 : Place.layer(place));
            }
            at = next;
        }
    }

    private static boolean alike(ChainMap.Slice slice, long cluster, long place) {
        if ((cluster & (ChainMap.SLICE - 1)) == 0) {
            return false;
        }
        long next = slice.place(cluster);
        return kind(next) == kind(place)
                && Place.layer(next) == Place.layer(place)
                && (Place.kind(next) == Place.NONE) == (Place.kind(place) == Place.NONE)
                && (Place.kind(next) == Place.DATA) == (Place.kind(place) == Place.DATA);
    }

    private static int kind(long place) {
        return switch (Place.kind(place)) {
            case (int) Place.NONE -> ExtentSink.ZERO;
            case (int) Place.ZERO ->
                Place.offset(place) == 0 ? ExtentSink.ZERO : ExtentSink.ZERO | ExtentSink.ALLOCATED;
            default -> ExtentSink.ALLOCATED;
        };
    }

    /** Returns whether more are wanted. */
    private boolean holes(long from, long to, int layer, ExtentSink into) throws IOException {
        Medium medium = chain.medium(layer);
        long at = from;
        boolean wanted = true;
        while (at < to && wanted) {
            long data = Math.min(medium.nextData(at), to);
            if (data > at) {
                wanted = into.extent(data - at, ExtentSink.ZERO, layer);
                at = data;
            } else {
                long hole = Math.max(at + 1, Math.min(medium.nextHole(at), to));
                wanted = into.extent(hole - at, ExtentSink.ALLOCATED, layer);
                at = hole;
            }
        }
        return wanted;
    }
}
