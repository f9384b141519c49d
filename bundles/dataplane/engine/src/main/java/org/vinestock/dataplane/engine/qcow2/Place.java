package org.vinestock.dataplane.engine.qcow2;

/**
 * Where a unit of a disk is found, in one word: which layer of the chain has it (bits 56 to 63, 0 the image itself), where
 * in that layer's file (bits 9 to 55), and as what.
 */
final class Place {
    /** No layer says anything about it: zeroes. */
    static final long NONE = 0;

    /** As it is, at the offset. */
    static final long DATA = 1;

    /** Zeroes, as the layer says; the offset, if any, is room that is kept for it. */
    static final long ZERO = 2;

    /** Compressed: read through the layer. */
    static final long COMPRESSED = 3;

    /** In pieces: read through the layer. */
    static final long MIXED = 4;

    /** The layer says what its format does not allow. */
    static final long BAD = 5;

    /** Not yet looked for. */
    static final long UNRESOLVED = 7;

    /** Nobody else refers to that room. */
    static final long OWN = 8;

    static final int MOST_LAYERS = 255;

    private static final long KIND = 7;
    private static final long OFFSET = 0x00fffffffffffe00L;

    private Place() {}

    static long of(long kind, int layer, long offset) {
        return (long) layer << 56 | offset | kind;
    }

    static int kind(long place) {
        return (int) (place & KIND);
    }

    static int layer(long place) {
        return (int) (place >>> 56);
    }

    static long offset(long place) {
        return place & OFFSET;
    }

    static boolean own(long place) {
        return (place & OWN) != 0;
    }

    static boolean readsZero(long place) {
        int kind = kind(place);
        return kind == ZERO || kind == NONE;
    }
}
