package org.vinestock.dataplane.engine.qcow2;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLongArray;
import org.vinestock.dataplane.engine.block.DirtyBitmap;
import org.vinestock.dataplane.engine.qcow2.format.BitmapEntry;

/** A dirty bitmap in memory. */
final class Bitmap implements DirtyBitmap {
    private final BitmapEntry entry;
    private final long bits;
    private final AtomicLongArray words;

    Bitmap(BitmapEntry entry, long diskSize) {
        this.entry = entry;
        this.bits = (diskSize + (1L << entry.granularityBits()) - 1) >>> entry.granularityBits();
        this.words = new AtomicLongArray((int) ((bits + 63) >>> 6));
    }

    BitmapEntry entry() {
        return entry;
    }

    /** Takes {@code from} for the bits from word {@code at} on, as they are in a file. */
    void load(int at, ByteBuffer from) {
        ByteBuffer little = from.order(ByteOrder.LITTLE_ENDIAN);
        for (int i = at; i < words.length() && little.remaining() >= Long.BYTES; i++) {
            words.set(i, little.getLong());
        }
    }

    /** The opposite of {@link #load}: fills {@code into}. */
    void store(int at, ByteBuffer into) {
        ByteBuffer little = into.order(ByteOrder.LITTLE_ENDIAN);
        for (int i = at; i < words.length() && little.remaining() >= Long.BYTES; i++) {
            little.putLong(words.get(i));
        }
        while (little.hasRemaining()) {
            little.put((byte) 0);
        }
    }

    void fill(int at, int count) {
        for (int i = at; i < Math.min(words.length(), at + count); i++) {
            words.set(i, -1);
        }
    }

    /** Sets the bits of bytes that are being changed. */
    void note(long offset, long length) {
        if (length > 0) {
            long last = (offset + length - 1) >>> entry.granularityBits();
            for (long bit = offset >>> entry.granularityBits(); bit <= last; ) {
                int word = (int) (bit >>> 6);
                long upTo = Math.min(last, bit | 63);
                long mask = (-1L << bit) & (-1L >>> (63 - (upTo & 63)));
                if ((words.get(word) & mask) != mask) {
                    words.getAndAccumulate(word, mask, (before, more) -> before | more);
                }
                bit = upTo + 1;
            }
        }
    }

    @Override
    public String name() {
        return entry.name();
    }

    @Override
    public int granularity() {
        return 1 << entry.granularityBits();
    }

    @Override
    public boolean recording() {
        return entry.auto();
    }

    @Override
    public boolean dirty(long offset) {
        long bit = offset >>> entry.granularityBits();
        return (words.get((int) (bit >>> 6)) >>> (bit & 63) & 1) != 0;
    }

    @Override
    public long runEnd(long offset, long end) {
        boolean set = dirty(offset);
        long bit = offset >>> entry.granularityBits();
        while (bit < bits && bit << entry.granularityBits() < end) {
            long word = words.get((int) (bit >>> 6));
            long rest = (set ? ~word : word) & (-1L << bit);
            if (rest != 0) {
                long found = (bit & -64) + Long.numberOfTrailingZeros(rest);
                return Math.min(end, found << entry.granularityBits());
            }
            bit = (bit | 63) + 1;
        }
        return end;
    }
}
