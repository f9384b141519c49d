package org.vinestock.dataplane.engine.qcow2;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Where every cluster of a disk is, whichever layer has it: so a chain costs the same at any depth.
 *
 * <p>Made of slices of 512 clusters, found in the layers when first asked for, kept within a budget: slice {@code n} lies
 * in slot {@code n} modulo their number, so which one gives way is a matter of distance. Readers take no lock. Slices are
 * filled, and changed together with the file, under the lock of their slot.
 */
final class ChainMap {
    static final int SLICE_BITS = 9;
    static final int SLICE = 1 << SLICE_BITS;

    private static final VarHandle PLACES = MethodHandles.arrayElementVarHandle(long[].class);

    /** The places of 512 clusters from {@code number * 512} on. */
    static final class Slice {
        private final long number;
        private final long[] places;

        private Slice(long number, long[] places) {
            this.number = number;
            this.places = places;
        }

        long place(long cluster) {
            return (long) PLACES.getAcquire(places, (int) cluster & (SLICE - 1));
        }

        void place(long cluster, long place) {
            PLACES.setRelease(places, (int) cluster & (SLICE - 1), place);
        }
    }

    private final Chain chain;
    private final int clusterBits;
    private final AtomicReferenceArray<Slice> slots;
    private final Object[] locks = new Object[64];

    /**
     * A map of nothing yet.
     *
     * @param budget bytes that it may take
     */
    ChainMap(Chain chain, int clusterBits, long diskSize, long budget) {
        this.chain = chain;
        this.clusterBits = clusterBits;
        long slices = (diskSize >>> clusterBits >>> SLICE_BITS) + 1;
        long most = Math.max(16, budget / (SLICE * (long) Long.BYTES));
        this.slots =
                new AtomicReferenceArray<>(Integer.highestOneBit((int) Math.min(1 << 24, Math.min(slices * 2, most))));
        Arrays.setAll(locks, i -> new Object());
    }

    Slice slice(long cluster) throws IOException {
        long number = cluster >>> SLICE_BITS;
        Slice slice = slots.get((int) number & (slots.length() - 1));
        return slice != null && slice.number == number ? slice : load(number);
    }

    long place(long cluster) throws IOException {
        return slice(cluster).place(cluster);
    }

    /** What must be held to change what the file says about a cluster, and the map after it. */
    Object lock(long cluster) {
        return locks[(int) (cluster >>> SLICE_BITS) & (slots.length() - 1) & (locks.length - 1)];
    }

    private Slice load(long number) throws IOException {
        int slot = (int) number & (slots.length() - 1);
        synchronized (locks[slot & (locks.length - 1)]) {
            Slice slice = slots.get(slot);
            if (slice == null || slice.number != number) {
                long[] places = new long[SLICE];
                Arrays.fill(places, Place.UNRESOLVED);
                chain.resolve(number << SLICE_BITS, clusterBits, places);
                slice = new Slice(number, places);
                slots.set(slot, slice);
            }
            return slice;
        }
    }
}
