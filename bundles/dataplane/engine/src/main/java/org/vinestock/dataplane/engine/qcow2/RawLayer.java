package org.vinestock.dataplane.engine.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.vinestock.dataplane.engine.medium.Medium;

/** A raw image at the bottom of a chain. */
final class RawLayer extends Layer {
    private final long size;

    RawLayer(Medium medium) throws IOException {
        super(medium);
        this.size = medium.size();
    }

    @Override
    long size() {
        return size;
    }

    @Override
    void resolve(long firstUnit, int unitBits, long[] places, int index) {
        for (int i = 0; i < places.length; i++) {
            if (places[i] == Place.UNRESOLVED) {
                long offset = (firstUnit + i) << unitBits;
                places[i] = offset < size ? Place.of(Place.DATA, index, offset) : Place.NONE;
            }
        }
    }

    @Override
    void read(long offset, ByteBuffer into, Chain chain, int index) throws IOException {
        medium.read(offset, into);
    }
}
