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
    public static Loads none(long sample) {
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

    /** Writes the loads, by row number: numbers with commas between, nothing for 0, and no zeros at the end. */
    public String text() {
        StringBuilder text = new StringBuilder();
        int end = 0;
        for (int row = 0; row < chunks.length << HostColumns.SHIFT; row++) {
            double share = share(row);
            text.append(row == 0 ? "" : ",");
            if (share != 0) {
                text.append(share);
                end = text.length();
            }
        }
        text.setLength(end);
        return text.toString();
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws NumberFormatException if it is damaged
     */
    public static Loads of(long sample, String text) {
        if (text.isEmpty()) {
            return none(sample);
        }
        String[] shares = text.split(",", -1);
        double[][] chunks = new double[chunksFor(shares.length)][HostColumns.CHUNK];
        for (int row = 0; row < shares.length; row++) {
            if (!shares[row].isEmpty()) {
                chunks[row >> HostColumns.SHIFT][row & HostColumns.MASK] = Double.parseDouble(shares[row]);
            }
        }
        return new Loads(sample, chunks);
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
