package org.vinestock.dataplane.engine.medium;

import java.nio.ByteBuffer;

/** Makes zeroes and finds them. */
public final class Zeroes {
    private static final ByteBuffer ZEROES = ByteBuffer.allocateDirect(1 << 20).asReadOnlyBuffer();

    private Zeroes() {}

    /** Fills a buffer from its position to its limit. */
    public static void fill(ByteBuffer into) {
        while (into.hasRemaining()) {
            int count = Math.min(into.remaining(), ZEROES.capacity());
            into.put(into.position(), ZEROES, 0, count);
            into.position(into.position() + count);
        }
    }

    /** Whether a buffer holds nothing else between {@code from} and {@code to}. */
    public static boolean only(ByteBuffer buffer, int from, int to) {
        int at = from;
        // Most data differs in its first bytes: looking at them first is cheaper than a view.
        while (at + Long.BYTES <= to && at < from + 64) {
            if (buffer.getLong(at) != 0) {
                return false;
            }
            at += Long.BYTES;
        }
        while (at < to) {
            int count = Math.min(to - at, ZEROES.capacity());
            if (buffer.slice(at, count).mismatch(ZEROES.slice(0, count)) >= 0) {
                return false;
            }
            at += count;
        }
        return true;
    }

    /** A buffer of {@code length} zeroes, at most 1 MiB. */
    public static ByteBuffer of(int length) {
        return ZEROES.slice(0, length);
    }

    /** The longest that {@link #of} gives. */
    public static int most() {
        return ZEROES.capacity();
    }
}
