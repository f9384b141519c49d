package org.vinestock.dataplane.engine.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.vinestock.dataplane.engine.medium.Medium;
import org.vinestock.dataplane.engine.medium.Zeroes;

/** An image and what backs it, from the top down. Only the top is ever written. */
final class Chain implements AutoCloseable {
    private final Layer[] layers;
    private final Medium[] media;

    /** At most 255. */
    Chain(List<Layer> layers) {
        if (layers.isEmpty() || layers.size() > Place.MOST_LAYERS) {
            throw new IllegalArgumentException(layers.size() + " layers");
        }
        this.layers = layers.toArray(new Layer[0]);
        this.media = new Medium[this.layers.length];
        for (int i = 0; i < media.length; i++) {
            media[i] = this.layers[i].medium;
        }
    }

    /** Takes another view of the same file for the top. */
    void replaceTop(Layer top) {
        layers[0] = top;
        media[0] = top.medium;
    }

    int depth() {
        return layers.length;
    }

    Layer layer(int index) {
        return layers[index];
    }

    Medium medium(int index) {
        return media[index];
    }

    /** Reads what the layers from {@code index} on hold, without the map. */
    void readFrom(int index, long offset, ByteBuffer into) throws IOException {
        if (index < layers.length) {
            layers[index].read(offset, into, this, index);
        } else {
            Zeroes.fill(into);
        }
    }

    /** Finds units in all layers. */
    void resolve(long firstUnit, int unitBits, long[] places) throws IOException {
        for (int i = 0; i < layers.length; i++) {
            layers[i].resolve(firstUnit, unitBits, places, i);
        }
        for (int i = 0; i < places.length; i++) {
            if (places[i] == Place.UNRESOLVED) {
                places[i] = Place.NONE;
            }
        }
    }

    @Override
    public void close() throws IOException {
        IOException first = null;
        for (Layer layer : layers) {
            try {
                layer.close();
            } catch (IOException e) {
                first = e;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
