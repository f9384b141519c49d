package org.vinestock.dataplane.engine.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.engine.block.BlockingDevice;
import org.vinestock.dataplane.engine.block.DirtyBitmap;
import org.vinestock.dataplane.engine.block.ExtentSink;
import org.vinestock.dataplane.engine.block.IoThreads;
import org.vinestock.dataplane.engine.block.RawDevice;
import org.vinestock.dataplane.engine.block.Zeroing;
import org.vinestock.dataplane.engine.medium.Zeroes;
import org.vinestock.dataplane.engine.qcow2.format.Header;

/**
 * A qcow2 image, with what backs it, as a disk.
 *
 * <p>What is acknowledged is in the file: a process that dies loses nothing of it, at most clusters that were reserved and
 * not used stay counted until the image is opened next. What was flushed survives the machine.
 */
public final class Qcow2Device extends BlockingDevice {
    private final Chain chain;
    private final QcowLayer top;
    private final ChainMap map;
    private final Reads reads;
    private final Bitmaps bitmaps;
    private final @Nullable Changes changes;
    private final int clusterBits;

    /**
     * Takes over the chain, and closes it with itself.
     *
     * @param mapBudget bytes that the map of the chain may take
     */
    Qcow2Device(Chain chain, boolean writable, long mapBudget, IoThreads threads) throws IOException {
        super(threads);
        this.chain = chain;
        this.top = (QcowLayer) chain.layer(0);
        this.clusterBits = top.clusterBits();
        this.map = new ChainMap(chain, clusterBits, top.size(), mapBudget);
        this.reads = new Reads(chain, map, clusterBits);
        this.bitmaps = Bitmaps.load(top.medium, top.header());
        this.changes = writable ? new Changes(chain, map, reads, bitmaps, inFlight()) : null;
    }

    @Override
    protected String name() {
        return top.medium.name();
    }

    @Override
    public long size() {
        return top.size();
    }

    @Override
    public boolean writable() {
        return changes != null;
    }

    @Override
    public int preferredLength() {
        return 1 << clusterBits;
    }

    /** How many images the chain has. */
    public int depth() {
        return chain.depth();
    }

    /** What the header says now. */
    public Header header() {
        return top.header();
    }

    /** The bitmaps that can be believed; those that record follow every write from now on. */
    public List<? extends DirtyBitmap> bitmaps() {
        return bitmaps.all();
    }

    @Override
    protected void doRead(long offset, ByteBuffer into) throws IOException {
        reads.read(offset, into);
    }

    /**
     * Lets a raw disk take bytes of this one by the system, at the same offset and on the caller's thread: how many from
     * {@code offset} on, at most {@code most}; 0 where they must be read and written. For work on whole disks, while
     * nothing else is asked of these two.
     */
    public long give(long offset, long most, RawDevice to) throws IOException {
        return reads.give(offset, most, to);
    }

    @Override
    protected void doExtents(long offset, long length, ExtentSink into) throws IOException {
        reads.extents(offset, length, into);
    }

    private Changes changes() throws IOException {
        if (changes == null) {
            throw new IOException("Read-only file system");
        }
        return changes;
    }

    @Override
    protected void doWrite(long offset, ByteBuffer from) throws IOException {
        changes().write(offset, from);
    }

    @Override
    protected void doFlush() throws IOException {
        if (changes != null) {
            changes.flush();
        }
    }

    @Override
    protected void doDiscard(long offset, long length) throws IOException {
        changes().discard(offset, length);
    }

    @Override
    protected boolean doWriteZeroes(long offset, long length, Zeroing zeroing) throws IOException {
        return changes().zero(offset, length, zeroing);
    }

    @Override
    protected boolean doResize(long size) throws IOException {
        return changes().resize(size);
    }

    /**
     * Takes clusters to be kept compressed where nothing is yet, for whoever makes an image; waits, on the caller's thread.
     * One that gets no shorter is written as it is.
     */
    public Packed packed() throws IOException {
        return new Packed(changes(), top);
    }

    /** Writes compressed clusters; one thread at a time. */
    public static final class Packed implements AutoCloseable {
        private final Changes changes;
        private final Packer packer;
        private final int clusterBits;

        private Packed(Changes changes, QcowLayer top) {
            this.changes = changes;
            this.clusterBits = top.clusterBits();
            this.packer = new Packer(clusterBits, top.header().zstd());
        }

        /** Writes a cluster; {@code content} holds all of it, also where the disk ends earlier. */
        public void write(long offset, ByteBuffer content, int length) throws IOException {
            ByteBuffer packed = packer.pack(content);
            if (packed == null) {
                changes.write(offset, content.limit(content.position() + length));
            } else {
                changes.writeCompressed(offset >>> clusterBits, packed);
            }
        }

        @Override
        public void close() {
            packer.close();
        }
    }

    /** Gives every cluster a place, for whoever makes an image. */
    void preallocate(boolean room) throws IOException {
        changes().preallocate(room);
    }

    /** Writes every byte, as zero. */
    void fill() throws IOException {
        for (long at = 0; at < size(); at += Zeroes.most()) {
            changes().write(at, Zeroes.of((int) Math.min(Zeroes.most(), size() - at)));
        }
    }

    @Override
    protected void doClose() throws IOException {
        try (chain) {
            if (changes != null) {
                changes.close();
            }
        }
    }
}
