package org.vinestock.dataplane.engine.qcow2;

import java.util.Arrays;

/** What a disk must hold: now, and after a machine lost its power. */
final class DiskModel {
    private byte[] now;

    /** A bit for every value that a byte may have after the power was lost. */
    private long[][] possible;

    DiskModel(byte[] content) {
        this.now = content.clone();
        this.possible = new long[content.length][];
        flushed();
    }

    int size() {
        return now.length;
    }

    byte[] now() {
        return now;
    }

    void set(int offset, int length, byte value) {
        Arrays.fill(now, offset, offset + length, value);
        may(offset, length, value);
    }

    /** A change that may have happened or not. */
    void may(int offset, int length, byte value) {
        for (int i = offset; i < offset + length; i++) {
            long[] mask = possible[i];
            if (mask == null) {
                mask = new long[4];
                possible[i] = mask;
                add(mask, flushed[i]);
            }
            add(mask, value);
        }
    }

    private byte[] flushed = new byte[0];

    private static void add(long[] mask, byte value) {
        mask[(value & 0xff) >>> 6] |= 1L << (value & 63);
    }

    void flushed() {
        flushed = now.clone();
        possible = new long[now.length][];
    }

    /** What was read where a discard left it open. */
    void saw(int offset, byte[] bytes) {
        System.arraycopy(bytes, 0, now, offset, bytes.length);
    }

    void resize(int size) {
        now = Arrays.copyOf(now, size);
        flushed();
    }

    boolean possible(int offset, byte value) {
        long[] mask = possible[offset];
        return mask == null ? flushed[offset] == value : (mask[(value & 0xff) >>> 6] >>> (value & 63) & 1) != 0;
    }
}
