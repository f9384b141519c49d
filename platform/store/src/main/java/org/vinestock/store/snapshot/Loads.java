package org.vinestock.store.snapshot;

import java.util.Arrays;
import java.util.List;
import org.vinestock.inventory.HostLoad;

/** A sample of loads by row number, in the chunks of {@link HostColumns}; what was not measured again is shared. */
public final class Loads {
    static final Loads NONE = new Loads(0, new double[0][]);

    private final long sample;
    private final double[][] chunks;

    private Loads(long sample, double[][] chunks) {
        this.sample = sample;
        this.chunks = chunks;
    }

    /** A sample in which no host has a load. */
    static Loads none(long sample) {
        return sample == 0 ? NONE : new Loads(sample, NONE.chunks);
    }

    /** The number of the sample; 0 is none. */
    public long sample() {
        return sample;
    }

    double share(int row) {
        int chunk = row >> HostColumns.SHIFT;
        return chunk < chunks.length ? chunks[chunk][row & HostColumns.MASK] : 0;
    }

    /** Returns the next sample. A load of a host that the index does not know is passed over. */
    Loads next(List<HostLoad> measured, HostIndex index) {
        double[][] copy = Arrays.copyOf(chunks, Math.max(chunks.length, chunksFor(index.size())));
        for (int i = chunks.length; i < copy.length; i++) {
            copy[i] = new double[HostColumns.CHUNK];
        }
        for (HostLoad load : measured) {
            int row = index.row(load.host());
            if (row >= 0) {
                int chunk = row >> HostColumns.SHIFT;
                if (chunk < chunks.length && copy[chunk] == chunks[chunk]) {
                    copy[chunk] = copy[chunk].clone();
                }
                copy[chunk][row & HostColumns.MASK] = load.share();
            }
        }
        return new Loads(sample + 1, copy);
    }

    private static int chunksFor(int rows) {
        return (rows + HostColumns.CHUNK - 1) >> HostColumns.SHIFT;
    }
}
