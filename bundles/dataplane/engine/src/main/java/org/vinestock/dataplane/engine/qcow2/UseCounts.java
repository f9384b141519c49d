package org.vinestock.dataplane.engine.qcow2;

import java.util.TreeMap;

/** How often clusters of a file are referred to, as counted; takes room only for those that are. */
final class UseCounts {
    static final int CHUNK = 4096;

    private final TreeMap<Long, int[]> chunks = new TreeMap<>();

    void add(long cluster) {
        int[] chunk = chunks.computeIfAbsent(cluster / CHUNK, number -> new int[CHUNK]);
        chunk[(int) (cluster % CHUNK)]++;
    }

    int get(long cluster) {
        int[] chunk = chunks.get(cluster / CHUNK);
        return chunk == null ? 0 : chunk[(int) (cluster % CHUNK)];
    }

    /** One more than the last cluster that is referred to. */
    long end() {
        if (chunks.isEmpty()) {
            return 0;
        }
        long last = (chunks.lastKey() + 1) * CHUNK;
        while (get(last - 1) == 0) {
            last--;
        }
        return last;
    }
}
