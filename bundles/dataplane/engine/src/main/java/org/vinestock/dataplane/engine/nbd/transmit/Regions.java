package org.vinestock.dataplane.engine.nbd.transmit;

/**
 * Pieces of a ring that are taken in order and given back in any: the ring's room comes back in the order in which it
 * was taken. Owned by whoever owns the ring.
 */
final class Regions {
    private final int[] length;
    private final boolean[] released;
    private final int mask;
    private int first;
    private int next;

    /** @param most how many may be out at once, a power of two */
    Regions(int most) {
        length = new int[most];
        released = new boolean[most];
        mask = most - 1;
    }

    boolean none() {
        return first == next;
    }

    boolean full() {
        return next - first == length.length;
    }

    /** Takes a piece of so many bytes, and returns its number. */
    int take(int bytes) {
        int id = next++ & mask;
        length[id] = bytes;
        released[id] = false;
        return id;
    }

    /** Adds bytes that nobody needs to the newest piece: they come back with it. */
    void addToNewest(int bytes) {
        length[(next - 1) & mask] += bytes;
    }

    /** Gives a piece back, and returns how many bytes of the ring are free by that: none while an older one is out. */
    int release(int id) {
        released[id] = true;
        int freed = 0;
        while (first != next && released[first & mask]) {
            freed += length[first++ & mask];
        }
        return freed;
    }
}
