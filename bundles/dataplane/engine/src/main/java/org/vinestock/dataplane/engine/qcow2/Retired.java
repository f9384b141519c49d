package org.vinestock.dataplane.engine.qcow2;

import java.util.Arrays;

/** Clusters that are on their way to be free, in the order in which they were let go, with the phase of that moment. */
final class Retired {
    private long[] clusters = new long[64];
    private long[] phases = new long[64];
    private int size;

    void add(long cluster, long phase) {
        if (size == clusters.length) {
            clusters = Arrays.copyOf(clusters, size * 2);
            phases = Arrays.copyOf(phases, size * 2);
        }
        clusters[size] = cluster;
        phases[size] = phase;
        size++;
    }

    int size() {
        return size;
    }

    long cluster(int index) {
        return clusters[index];
    }

    long phase(int index) {
        return phases[index];
    }

    void removeFirst(int count) {
        size -= count;
        System.arraycopy(clusters, count, clusters, 0, size);
        System.arraycopy(phases, count, phases, 0, size);
    }
}
