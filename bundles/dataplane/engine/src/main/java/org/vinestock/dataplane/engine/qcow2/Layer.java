package org.vinestock.dataplane.engine.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.vinestock.dataplane.engine.medium.Medium;

/** One image of a chain, as what is above it sees it. */
abstract class Layer implements AutoCloseable {
    final Medium medium;

    Layer(Medium medium) {
        this.medium = medium;
    }

    /** Bytes of the disk; beyond them a layer reads as zeroes, whatever lies beneath. */
    abstract long size();

    /**
     * Says of each unit that is not yet found, and that this layer knows something about, where it is.
     *
     * @param places of the units from {@code firstUnit} on
     * @param index of this layer in its chain
     */
    abstract void resolve(long firstUnit, int unitBits, long[] places, int index) throws IOException;

    /** Reads what this layer and those beneath it hold, without the map. */
    abstract void read(long offset, ByteBuffer into, Chain chain, int index) throws IOException;

    @Override
    public void close() throws IOException {
        medium.close();
    }
}
