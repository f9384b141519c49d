package org.vinestock.dataplane.engine.medium;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A medium in memory that can be cut off after any change, in the middle of a write, and that knows what a machine would
 * have kept that lost its power then: what was forced, and of the rest any sectors.
 */
public final class FaultyMedium implements Medium {
    /** What of a write is kept or lost as a whole. */
    public static final int SECTOR = 512;

    /** Thrown by every call after the process is said to have died. */
    public static final class Cut extends IOException {
        private static final long serialVersionUID = 1;

        Cut() {
            super("the process died here");
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Change(long offset, byte[] bytes, long size) {}

    private final List<Change> unforced = new ArrayList<>();
    private byte[] forced;
    private long forcedSize;
    private byte[] bytes;
    private long size;
    private long capacity = Long.MAX_VALUE;
    private long changesLeft = Long.MAX_VALUE;
    private long changes;
    private long forces;
    private int sectorsOfLast;
    private LongPredicate broken = offset -> false;
    private boolean cut;
    private @Nullable Call failing;
    private long callsLeft;
    private int failures;
    private String words = "";

    /** What can be made to fail. */
    public enum Call {
        READ,
        WRITE,
        FORCE,
        RESIZE,
        PUNCH
    }

    public FaultyMedium() {
        this(new byte[0]);
    }

    public FaultyMedium(byte[] content) {
        this.bytes = content.clone();
        this.size = content.length;
        this.forced = content.clone();
        this.forcedSize = size;
    }

    /** Dies at the change after {@code changes} more, of which the first {@code sectors} sectors are written. */
    public synchronized FaultyMedium cutAfter(long changes, int sectors) {
        this.changesLeft = changes;
        this.sectorsOfLast = sectors;
        return this;
    }

    /** Has room for {@code capacity} bytes only. */
    public synchronized FaultyMedium capacity(long capacity) {
        this.capacity = capacity;
        return this;
    }

    /** Fails reads and writes at these offsets. */
    public synchronized FaultyMedium broken(LongPredicate broken) {
        this.broken = broken;
        return this;
    }

    /**
     * Fails {@code times} calls after {@code after} more of a kind, with the system's words, and works again then. A write
     * that fails has written some of its sectors, a read has read some.
     */
    public synchronized FaultyMedium failing(Call call, long after, int times, String with, int sectors) {
        this.failing = call;
        this.callsLeft = after;
        this.failures = times;
        this.words = with;
        this.sectorsOfLast = sectors;
        return this;
    }

    /** Whether all the failures happened that were asked for. */
    public synchronized boolean failed() {
        return failures == 0;
    }

    private boolean fails(Call call) {
        if (call != failing || failures == 0 || callsLeft-- > 0) {
            return false;
        }
        failures--;
        return true;
    }

    /** How many changes there were. */
    public synchronized long changes() {
        return changes;
    }

    /** How often it was forced. */
    public synchronized long forces() {
        return forces;
    }

    /** What is there when a process died and its machine lives on. */
    public synchronized byte[] afterKill() {
        return Arrays.copyOf(bytes, (int) size);
    }

    /** What is there when the machine lost its power: what was forced and, by chance, sectors of what was not. */
    public synchronized byte[] afterPowerLoss(Random random) {
        byte[] kept = forced.clone();
        long end = forcedSize;
        for (Change change : unforced) {
            if (change.size >= 0) {
                if (random.nextBoolean()) {
                    kept = Arrays.copyOf(
                            Arrays.copyOf(kept, (int) Math.min(kept.length, change.size)), (int) change.size);
                    end = change.size;
                }
                continue;
            }
            int mode = random.nextInt(3);
            long at = change.offset;
            while (at < change.offset + change.bytes.length) {
                long next = Math.min(change.offset + change.bytes.length, (at / SECTOR + 1) * SECTOR);
                if (mode == 0 || (mode == 1 && random.nextBoolean())) {
                    kept = next > kept.length ? Arrays.copyOf(kept, (int) next) : kept;
                    end = Math.max(end, next);
                    System.arraycopy(change.bytes, (int) (at - change.offset), kept, (int) at, (int) (next - at));
                }
                at = next;
            }
        }
        return Arrays.copyOf(kept, (int) end);
    }

    private int change(int length) throws IOException {
        if (cut) {
            throw new Cut();
        }
        if (changesLeft-- == 0) {
            cut = true;
            return Math.min(length, sectorsOfLast * SECTOR);
        }
        changes++;
        return length;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void keepStill() {}

    @Override
    public synchronized long size() {
        return size;
    }

    @Override
    public synchronized void read(long offset, ByteBuffer into) throws IOException {
        if (cut) {
            throw new Cut();
        }
        if (broken.test(offset)) {
            throw new IOException("Input/output error");
        }
        boolean fails = fails(Call.READ);
        if (fails) {
            into.limit(into.position() + Math.min(into.remaining(), sectorsOfLast * SECTOR));
        }
        int there = (int) Math.max(0, Math.min(into.remaining(), size - offset));
        if (there > 0) {
            into.put(bytes, (int) offset, there);
        }
        Zeroes.fill(into);
        if (fails) {
            throw new IOException(words);
        }
    }

    @Override
    public synchronized void write(long offset, ByteBuffer from) throws IOException {
        if (broken.test(offset)) {
            throw new IOException("Input/output error");
        }
        if (offset + from.remaining() > capacity) {
            throw new IOException("No space left on device");
        }
        boolean fails = fails(Call.WRITE);
        int count = change(fails ? Math.min(from.remaining(), sectorsOfLast * SECTOR) : from.remaining());
        byte[] written = new byte[count];
        from.get(written);
        put(offset, written);
        if (cut) {
            throw new Cut();
        } else if (fails) {
            throw new IOException(words);
        }
    }

    private void put(long offset, byte[] written) {
        long end = offset + written.length;
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.max(end, bytes.length * 2L));
        }
        System.arraycopy(written, 0, bytes, (int) offset, written.length);
        size = Math.max(size, end);
        unforced.add(new Change(offset, written, -1));
    }

    @Override
    public synchronized void force() throws IOException {
        if (fails(Call.FORCE)) {
            throw new IOException(words);
        }
        change(0);
        if (cut) {
            throw new Cut();
        }
        forces++;
        unforced.clear();
        forced = Arrays.copyOf(bytes, (int) size);
        forcedSize = size;
    }

    @Override
    public synchronized void resize(long to) throws IOException {
        if (fails(Call.RESIZE)) {
            throw new IOException(words);
        }
        if (to > capacity) {
            throw new IOException("No space left on device");
        }
        change(0);
        if (cut) {
            throw new Cut();
        }
        if (to < size) {
            Arrays.fill(bytes, (int) to, (int) size, (byte) 0);
        } else if (to > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) to);
        }
        size = to;
        unforced.add(new Change(0, new byte[0], to));
    }

    @Override
    public synchronized boolean punch(long offset, long length) throws IOException {
        if (fails(Call.PUNCH)) {
            throw new IOException(words);
        }
        if (offset < size) {
            int count = change((int) Math.min(length, size - offset));
            put(offset, new byte[count]);
            if (cut) {
                throw new Cut();
            }
        }
        return true;
    }

    @Override
    public boolean zeroAllocated(long offset, long length) {
        return false;
    }

    @Override
    public boolean allocate(long offset, long length) {
        return false;
    }

    @Override
    public long nextData(long offset) {
        return offset;
    }

    @Override
    public synchronized long nextHole(long offset) {
        return Math.max(offset, size);
    }

    @Override
    public void close() {}
}
